/**
 * The graph changes while a replay runs: friendships, blocks and mutes are made and undone through the public commands,
 * and every viewer's Friends is compared with an oracle that knows the commands, the positions and the ticks alone.
 */
import { jest } from '@jest/globals';
import { useTempDir } from '@groundswell/testing';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Disturbance } from '../src/disturb/disturbance.js';
import { makePlan } from '../src/plan/plan.js';
import { run } from '../src/run.js';
import { readSources, SYNTHETIC } from '../src/sources/read-sources.js';
import type { Verdict } from '../src/verdict/sum-up.js';

jest.setTimeout(120_000);

const SEED = 4;
const root = fileURLToPath(new URL('../../../', import.meta.url));
const real = process.env['GROUNDSWELL_DATA'];
const data = useTempDir();

/** A file of the data folder; naming a folder that lacks it is an error, not a reason to test less. */
function file(path: string): string {
  if (real === undefined) return SYNTHETIC;
  const found = join(real, path);
  if (!existsSync(found)) throw new Error(`GROUNDSWELL_DATA has no ${path}`);
  return found;
}

interface Scenario {
  graph: string;
  posts: number;
  seconds: number;
  viewers: number;
  changes: number;
  fanouts: number;
  disturbances: Disturbance[];
}

/** Everybody loses the socket, and comes back with a cursor. */
const broken: Disturbance = {
  at: [0.5],
  run: ({ dropSockets }) => Promise.resolve(dropSockets(Infinity)),
};

let runs = 0;

async function replay({ graph, posts, seconds, ...rest }: Scenario): Promise<Verdict> {
  const files = { graph, statuses: SYNTHETIC, clock: SYNTHETIC };
  const sources = await readSources({ ...files, limit: posts, seed: SEED });
  const plan = makePlan(sources, posts, { share: 0.2, seed: SEED });
  return run({
    plan,
    speed: plan.posts.at(-1)!.at / 1000 / seconds,
    seed: SEED,
    segmentMs: 500,
    root,
    data: join(data.path, `run-${++runs}`),
    onProgress: () => undefined,
    say: () => undefined,
    ...rest,
  });
}

function expectExact(verdict: Verdict, changes: number): void {
  expect(verdict.faults).toEqual([]);
  expect(verdict.exact).toBe(true);
  expect(verdict.tally).toMatchObject({ lost: 0, leaked: 0 });
  expect(Object.values(verdict.changes).reduce((sum, made) => sum + made, 0)).toBe(changes);
  expect(Math.min(...Object.values(verdict.changes))).toBeGreaterThan(0);
  expect(verdict.changedViewers).toBeGreaterThan(verdict.viewers / 3);
  expect(verdict.friendsOnly).toBeGreaterThan(50);
  expect(verdict.withheld).toBeGreaterThan(0);
}

describe('Friends while the graph changes', () => {
  it('is exact for every viewer of two nodes', async () => {
    const verdict = await replay({
      graph: SYNTHETIC,
      posts: 1000,
      seconds: 6,
      viewers: 100,
      changes: 200,
      fanouts: 2,
      disturbances: [],
    });
    expectExact(verdict, 200);
  });

  it('is exact for a hub, and for all who lose their socket and come back', async () => {
    const verdict = await replay({
      graph: file('graphs/rozemberczki/twitch_DE_edges.csv'),
      posts: 1000,
      seconds: 6,
      viewers: 200,
      changes: 300,
      fanouts: 1,
      disturbances: [broken],
    });
    expectExact(verdict, 300);
    expect(verdict.mostFriends).toBeGreaterThanOrEqual(real === undefined ? 150 : 4_259);
    expect(verdict.reconnects).toBeGreaterThanOrEqual(200);
  });
});
