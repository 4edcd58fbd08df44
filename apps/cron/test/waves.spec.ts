/**
 * Four waves of friendships in a school class, as two providers tell them, through the diff machine: what changed and nothing
 * else is told, once. Without GROUNDSWELL_DATA, waves of the same form that are made here.
 */
import { THRESHOLDS, type Thresholds } from '@groundswell/relations';
import { useTempDir } from '@groundswell/testing';
import { jest } from '@jest/globals';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { MemoryBudget } from '../src/providers/budget/memory-budget.js';
import { bluesky } from '../src/providers/dialects/bluesky.js';
import { mastodon } from '../src/providers/dialects/mastodon.js';
import { Origin } from '../src/providers/http/origin.js';
import { ALLOWANCES } from '../src/providers/providers.js';
import type { Dialect } from '../src/providers/remote/dialect.js';
import { RemoteProvider } from '../src/providers/remote/remote-provider.js';
import { startDouble, type DoubleProcess } from './double-process.js';
import { makeWaves, type Turn } from './made-waves.js';
import { WatchedClass, type Heard } from './waves.js';

jest.setTimeout(60_000);

const SIZE = 26;
const SEED = 5;
const QUARTER_MS = 15 * 60_000;
const WEEK_MS = 7 * 24 * 3_600_000;
const KNECHT: readonly Turn[] = [
  { gained: 57, lost: 28 },
  { gained: 53, lost: 34 },
  { gained: 40, lost: 58 },
];
const OPEN: Thresholds = { watcher: { share: 1, atLeast: 15 }, provider: { share: 1, atLeast: 500 } };

const real = process.env['GROUNDSWELL_DATA'];
const dir = useTempDir();
const whose = real === undefined ? `made from seed ${SEED}: GROUNDSWELL_DATA is not set` : 'of the Knecht class';

let double: DoubleProcess;
let expected: readonly Turn[];
let now = 1_800_000_000_000;
const clock = { now: () => now, monotonic: () => now };

beforeAll(async () => {
  const folder = real === undefined ? dir.path : join(real, 'relationship-waves/knecht-klas12b');
  if (!existsSync(folder)) throw new Error(`GROUNDSWELL_DATA has no relationship-waves/knecht-klas12b`);
  expected = real === undefined ? await makeWaves(folder, SEED) : KNECHT;
  double = await startDouble(['--waves', folder]);
});
afterAll(() => double.stop());

const NAMES: readonly { dialect: Dialect; name: (number: number) => string }[] = [
  { dialect: bluesky, name: (number) => `did:web:${number}.members.example` },
  { dialect: mastodon, name: String },
];

/** Each wave is looked at twice, a quarter of an hour apart. */
async function run({ dialect, name }: (typeof NAMES)[number], thresholds: Thresholds): Promise<Heard[][]> {
  const baseUrl = `${double.url}/${dialect.name}`;
  const origin = new Origin({ baseUrl, connections: 4, timeoutMs: 5_000, responseMaxBytes: 1024 * 1024 }, clock);
  const budget = new MemoryBudget({ clock, allowances: ALLOWANCES });
  const watched = new WatchedClass({
    provider: new RemoteProvider({ dialect, origin, budget, clock, concurrency: 4 }),
    size: SIZE,
    subject: name,
    ask: (watcher, subjects) => ({
      watcher: String(watcher),
      credential: { account: name(watcher), token: `token-${watcher}` },
      subjects: subjects.map(name),
    }),
    thresholds,
  });
  const heard: Heard[][] = [];
  for (const wave of [1, 2, 3, 4]) {
    await double.control('PUT wave', { wave });
    now += WEEK_MS;
    const first = await watched.look();
    now += QUARTER_MS;
    heard.push([first, await watched.look()]);
  }
  await origin.stop();
  return heard;
}

const count = (heard: Heard, to: string): number => heard.told.filter((one) => one.to === to).length;
const toldIn = (heard: readonly Heard[][]) => heard.flat().flatMap(({ told }) => told);

describe(`waves ${whose}`, () => {
  it.each(NAMES)('$dialect.name: every change of a pair that is known in both waves, and no other', async (names) => {
    const waves = await run(names, OPEN);
    const turns = waves.map(([first, second]) => {
      expect(first!.told).toEqual([]);
      return { gained: count(second!, 'follows'), lost: count(second!, 'follows_not') };
    });
    expect(turns).toEqual([{ gained: 0, lost: 0 }, ...expected]);
    const noValue = waves.flat().map(({ outcomes }) => (outcomes.get('unknown') ?? 0) + (outcomes.get('gone') ?? 0));
    expect(Math.max(...noValue)).toBeGreaterThan(0);
    const keys = toldIn(waves).map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys).toHaveLength(expected.reduce((sum, { gained, lost }) => sum + gained + lost, 0));
  });

  it.each(NAMES)('$dialect.name: with the usual thresholds nobody is told anything', async (names) => {
    const waves = await run(names, THRESHOLDS);
    expect(toldIn(waves)).toEqual([]);
    expect(waves.map(([first]) => first!.quarantined)).toEqual([0, SIZE, SIZE, SIZE]);
  });
});
