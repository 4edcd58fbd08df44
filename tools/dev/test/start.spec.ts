import { eventually, useTempDir } from '@groundswell/testing';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { post, startReady, SECRET, type Ready } from './ready-stack.js';
import { storedText, textIn } from './stored-text.js';
import { commandOf, lastLine, listens, ROOT, run as runProgram, start, type Run } from './start-process.js';

const MINUTES = 60_000;
describe('npm start', () => {
  const dir = useTempDir();
  let data: string;
  let run: Run;
  let ready: Ready;
  beforeAll(async () => {
    data = join(dir.path, 'data');
    ({ run, ready } = await startReady(dir.path, data));
  }, 3 * MINUTES);
  afterAll(async () => {
    const left = await run.alive();
    for (const pid of left) process.kill(pid, 'SIGKILL');
  });

  it('runs real servers and apps', async () => {
    const { nats, redis, ingest, fanouts } = ready.pids;
    expect(await commandOf(nats)).toContain(`nats-server -c`);
    expect(await commandOf(nats)).toContain(`-sd ${data}/nats`);
    expect(await commandOf(redis)).toContain('redis-server 127.0.0.1:');
    expect(await commandOf(ingest)).toContain('apps/ingest/bundle/main.js');
    expect(await commandOf(fanouts[0]!)).toContain('apps/fanout/bundle/main.js');
    expect(await run.alive()).toEqual(expect.arrayContaining([run.pid, nats, ingest, ...fanouts]));
  });

  it('leaves its addresses where tools look for them', () => {
    const { page, nats, redis } = ready;
    const noted = JSON.parse(readFileSync(join(data, 'stack.json'), 'utf8')) as { pid: number };
    expect(noted).toEqual({ pid: expect.any(Number), page, nats, redis });
    expect(process.kill(noted.pid, 0)).toBe(true);
  });

  it('has networks without anybody, and says so', async () => {
    const requests = await fetch(`${ready.networks}/control/requests`);
    expect([requests.status, requests.url.startsWith('http://127.0.0.1:')]).toEqual([200, true]);
    expect(await (await fetch(`${ready.page}/dev/networks`)).text()).toContain('Nobody is in the other networks');
  });

  it('serves the page', async () => {
    const page = await fetch(`${ready.page}/`);
    const html = await page.text();
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    const script = /src="(\/assets\/[^"]+\.js)"/.exec(html)?.[1];
    const asset = await fetch(ready.page + script);
    await asset.text();
    expect([asset.status, asset.headers.get('cache-control')]).toEqual([200, 'public, max-age=31536000, immutable']);
  });

  it('signs in once by each link, and stores what is posted in JetStream', async () => {
    const code = new URL(ready.signIn[0]!.link).searchParams.get('signin');
    const first = await post(`${ready.page}/dev/sign-in`, { code });
    expect(first).toMatchObject({ status: 200, body: { member: { id: 'ada' } } });
    expect(await post(`${ready.page}/dev/sign-in`, { code })).toMatchObject({
      status: 401,
      body: { code: 'unauthorized' },
    });
    const text = 'Stored for good';
    const posted = await post(`${ready.page}/v1/events/demo/statuses`, { text }, String(first.body['token']));
    expect(posted.status).toBe(201);
    expect(await storedText(ready.nats, posted.body['seq'] as number)).toBe(text);
  });

  it('mints tokens for tools, and only for them', async () => {
    const members = [{ id: 'm1', name: 'M One' }];
    expect(await post(ready.tokensUrl, { members }, 'wrong')).toMatchObject({ status: 401 });
    const minted = await post(ready.tokensUrl, { members }, SECRET);
    const [token] = minted.body['tokens'] as string[];
    const posted = await post(`${ready.page}/v1/events/demo/statuses`, { text: 'By a tool' }, token);
    expect([minted.status, posted.status]).toEqual([200, 201]);
  });

  it(
    'kills and restarts processes when tools order it, on the same port',
    async () => {
      const order = (action: string) => post(ready.processesUrl, { name: 'ingest', action }, SECRET);
      expect(await order('kill')).toEqual({ status: 200, body: { name: 'ingest', pid: null } });
      const away = await fetch(`${ready.page}/v1/events`);
      expect([away.status, away.headers.get('content-type')]).toEqual([503, 'application/problem+json; charset=utf-8']);
      expect(await away.json()).toMatchObject({ code: 'unavailable' });
      const restarted = await order('restart');
      expect(restarted.body['pid']).not.toBe(ready.pids.ingest);
      expect((await fetch(`${ready.ingest}/v1/events`)).status).toBe(200);
    },
    MINUTES,
  );

  it(
    'starts again what dies by itself, and says so',
    async () => {
      process.kill(ready.pids.fanouts[0]!, 'SIGKILL');
      const said = () => run.output.stderr.includes('fanout-1 runs again.');
      await eventually(said, { timeoutMs: 30_000, message: 'fanout-1 runs again' });
      expect(run.output.stderr).toContain('fanout-1 ended unexpectedly (SIGKILL); starting it again in 0.5 s.');
      expect(await listens(ready.fanouts[0]!)).toBe(true);
    },
    MINUTES,
  );

  it(
    'a port in use and data in use are one sentence each, and nothing is left',
    async () => {
      const { port } = new URL(ready.page);
      const samePort = start(dir.path, ['--empty', '--port', port, '--data', join(dir.path, 'other')]);
      expect(await samePort.exited).toBe(1);
      expect(lastLine(samePort)).toBe(
        `Port ${port} is in use: stop what listens there, or choose another with --port.`,
      );
      const sameData = start(dir.path, ['--empty', '--port', '0', '--data', data]);
      expect(await sameData.exited).toBe(1);
      expect(lastLine(sameData)).toContain(`The data folder ${data} is in use by another start (process ${run.pid})`);
      expect([existsSync(join(dir.path, 'other', 'lock')), await samePort.alive()]).toEqual([
        false,
        [ready.pids.redis],
      ]);
    },
    MINUTES,
  );

  it(
    'stops within 5 s of Ctrl-C, leaves nothing, and continues with its data',
    async () => {
      const { body } = await post(ready.tokensUrl, { members: [{ id: 'm2', name: 'M Two' }] }, SECRET);
      const [token] = body['tokens'] as string[];
      const posted = await post(`${ready.ingest}/v1/events/demo/statuses`, { text: 'Still here' }, token);
      const before = performance.now();
      run.interrupt();
      expect(await run.exited).toBe(0);
      expect(performance.now() - before).toBeLessThan(5_000);
      await eventually(async () => (await run.alive()).length === 0, { message: 'no process is left' });
      const { page, ingest, fanouts, nats, redis, networks } = ready;
      const all = [page, ingest, ...fanouts, nats, redis, networks];
      expect(await Promise.all(all.map(listens))).toEqual(Array(6).fill(false));
      expect(existsSync(join(data, 'stack.json'))).toBe(false);

      const again = await startReady(dir.path, data);
      ({ run, ready } = again);
      expect(await storedText(ready.nats, posted.body['seq'] as number)).toBe('Still here');
      run.interrupt();
      expect(await run.exited).toBe(0);
    },
    3 * MINUTES,
  );
});

describe('npm start -- --once', () => {
  const dir = useTempDir();

  it(
    'posts one status, sees it, stops, and has it in JetStream',
    async () => {
      const data = join(dir.path, 'once');
      const run = start(dir.path, ['--once', '--data', data]);
      expect([await run.exited, run.output.stdout === '' ? run.output.stderr : '']).toEqual([0, '']);
      const [, id, position] =
        /^Posted (\S{16}), stored at position (\d+), seen in Everyone/.exec(run.output.stdout) ?? [];
      expect(id).toBeDefined();
      await eventually(async () => (await run.alive()).length === 0, { message: 'no process is left' });
      expect(await textIn(data, Number(position))).toContain('#firstlight');
    },
    2 * MINUTES,
  );

  it(
    'is interrupted while it starts, and leaves nothing',
    async () => {
      const run = start(dir.path, ['--once']);
      await eventually(() => run.output.stderr.includes('Starting nats-server'), { timeoutMs: MINUTES });
      run.interrupt();
      expect(await run.exited).toBe(130);
      await eventually(async () => (await run.alive()).length === 0, { message: 'no process is left' });
      expect([run.output.stdout, readdirSync(dir.path)]).toEqual(['', ['once']]);
    },
    2 * MINUTES,
  );
});

describe('what cannot work is one sentence and exit code 1', () => {
  const dir = useTempDir();

  it.each([
    [['--port', 'http'], /^--port must be a number/],
    [['--data', '/dev/null/data'], /^The data folder \/dev\/null\/data cannot be used \(ENOTDIR\)/],
  ])(
    '%j',
    async (args, sentence) => {
      const run = start(dir.path, ['--empty', ...args]);
      expect(await run.exited).toBe(1);
      expect(lastLine(run)).toMatch(sentence);
      expect(await run.alive()).toEqual([]);
    },
    MINUTES,
  );

  it('an old Node, which can read the first file', async () => {
    const old = 'Object.defineProperty(process, "versions", { value: { ...process.versions, node: "18.20.0" } });';
    const script = `${old} require('./tools/dev/entry.cjs')`;
    const run = runProgram(process.execPath, ['--eval', script], { folder: dir.path });
    expect(await run.exited).toBe(1);
    expect(run.output.stderr).toBe(
      'Groundswell needs Node 20.19 or newer; this is 18.20.0. Install it from https://nodejs.org and try again.\n',
    );
    expect(readFileSync(join(ROOT, 'tools/dev/entry.cjs'), 'utf8')).not.toMatch(
      /=>|`[^`]*\$\{|\b(const|let|class|async)\s/,
    );
  });

  it(
    'a server that is named and not there',
    async () => {
      const args = ['--empty', '--port', '0', '--data', join(dir.path, 'named')];
      const run = start(dir.path, args, { NATS_URL: 'nats://127.0.0.1:9' });
      expect(await run.exited).toBe(1);
      expect(lastLine(run)).toBe(
        'Nothing answers at NATS_URL=nats://127.0.0.1:9 (ECONNREFUSED): start it, or unset NATS_URL to have one started.',
      );
    },
    MINUTES,
  );
});
