import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Report } from '../src/report/json-line.js';
import { TARGETS } from '../src/report/targets.js';

const MAIN = fileURLToPath(new URL('../dist/main.js', import.meta.url));

interface Ended {
  code: number | null;
  out: string;
  err: string;
}

function bench(...args: string[]): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [MAIN, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    let [out, err] = ['', ''];
    child.stdout.on('data', (text: Buffer) => (out += text.toString()));
    child.stderr.on('data', (text: Buffer) => (err += text.toString()));
    child.on('close', (code) => resolve({ code, out, err }));
  });
}

const keysOf = (name: string): string[] => Object.keys(TARGETS).filter((key) => key.startsWith(`${name}.`));

describe('bench', () => {
  let everyone: Ended;
  let ingest: Ended;
  let edge: Ended;
  let polls: Ended;
  let friends: Ended;
  let notifier: Ended;

  beforeAll(async () => {
    if (!existsSync(MAIN)) throw new Error('This test runs what is built: "npm run build" first.');
    [everyone, ingest] = await Promise.all([
      bench('everyone', '--miniature', '--json'),
      bench('ingest', '--miniature'),
    ]);
    [edge, polls] = await Promise.all([
      bench('edge', '--miniature', '--json'),
      bench('polls', '--miniature', '--json'),
    ]);
    [friends, notifier] = await Promise.all([
      bench('friends', '--miniature', '--json'),
      bench('notifier', '--miniature', '--json'),
    ]);
  }, 120_000);

  it('prints nothing but one line of JSON with --json', () => {
    expect([everyone.code, everyone.code === 0 ? '' : everyone.err]).toEqual([0, '']);
    expect(everyone.out.trimEnd().split('\n')).toHaveLength(1);
  });

  it('has every key of everyone, each with a figure but what is not installed', () => {
    const { bench: name, rows, machine } = JSON.parse(everyone.out) as Report;
    expect(name).toBe('everyone');
    expect(rows.map(({ key }) => key)).toEqual(expect.arrayContaining(keysOf('everyone')));
    const missing = rows.flatMap(({ key, value }) => (Number.isFinite(value) ? [] : [key]));
    expect(missing.filter((key) => !key.includes('nchan'))).toEqual([]);
    expect(rows.find(({ key }) => key === 'everyone.per_cpu.10')!.ratio).toBeGreaterThan(0);
    expect(machine.cores).toBeGreaterThan(0);
  });

  it('had clients that verified what they got', () => {
    const { rows } = JSON.parse(everyone.out) as Report;
    expect(rows.find(({ key }) => key === 'everyone.verified')!.value).toBeGreaterThan(0);
  });

  it('shows progress on standard error', () => {
    expect(everyone.err).toMatch(/\[ *\d+ s\] Socket\.IO/);
  });

  it('prints a table before the line of ingest', () => {
    expect({ ...ingest, out: '' }).toMatchObject({ code: 0 });
    expect(ingest.out).toMatch(/ingest\.acked_per_s +[\d.,]+ +statuses\/s/);
    const { rows } = JSON.parse(ingest.out.trimEnd().split('\n').at(-1)!) as Report;
    expect(rows.map(({ key }) => key)).toEqual(expect.arrayContaining(keysOf('ingest')));
    expect(rows.find(({ key }) => key === 'ingest.acked_per_s')!.ratio).toBeGreaterThan(0);
  });

  it('has every key of edge', () => {
    expect({ ...edge, out: '' }).toMatchObject({ code: 0 });
    const { rows } = JSON.parse(edge.out) as Report;
    expect(rows.map(({ key }) => key)).toEqual(expect.arrayContaining(keysOf('edge')));
  });

  it('has viewers who poll and get all of Friends, with filters and without', () => {
    expect({ ...polls, out: '' }).toMatchObject({ code: 0 });
    const { rows } = JSON.parse(polls.out) as Report;
    expect(rows.map(({ key }) => key)).toEqual(['polls.origin_per_s', 'polls.pages_per_s', 'polls.exact']);
    expect(rows[0]!.ratio).toBeGreaterThan(0);
  });

  it('has every key of friends', () => {
    expect({ ...friends, out: '' }).toMatchObject({ code: 0 });
    const { rows } = JSON.parse(friends.out) as Report;
    expect(rows.map(({ key }) => key)).toEqual([...keysOf('friends'), 'friends.index_per_viewer']);
    expect(rows.map(({ value }) => Number.isFinite(value))).toEqual(rows.map(() => true));
  });

  it('has every key of notifier, with every change told', () => {
    expect({ ...notifier, out: '' }).toMatchObject({ code: 0 });
    const { rows } = JSON.parse(notifier.out) as Report;
    expect(rows.map(({ key }) => key)).toEqual(expect.arrayContaining(keysOf('notifier')));
    expect(rows.find(({ key }) => key === 'notifier.round_trips')!.ratio).toBeLessThan(0.05);
    expect(notifier.err).toMatch(/100 watchers, [1-9]\d* of their pairs changed/);
  });

  it('refuses a benchmark that there is not', async () => {
    const { code, out, err } = await bench('nothing');
    expect([code, out]).toEqual([1, '']);
    expect(err).toContain('There is no benchmark "nothing"');
  });
});
