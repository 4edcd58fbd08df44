/**
 * The whole system, replayed: real servers and processes, public APIs, real protocol clients, an oracle that shares no
 * code with the server. With GROUNDSWELL_DATA on a real graph and real messages, else on made-up ones of the same size.
 */
import { jest } from '@jest/globals';
import { useTempDir } from '@groundswell/testing';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DISTURBANCES } from '../src/disturb/disturbances.js';
import { makePlan, type Plan } from '../src/plan/plan.js';
import { run } from '../src/run.js';
import { readSources, SYNTHETIC } from '../src/sources/read-sources.js';
import type { Verdict } from '../src/verdict/sum-up.js';

jest.setTimeout(240_000);

const POSTS = 2000;
const VIEWERS = 300;
const SEED = 1;
const root = fileURLToPath(new URL('../../../', import.meta.url));
const real = process.env['GROUNDSWELL_DATA'];

/** A file of the data folder; naming a folder that lacks it is an error, not a reason to test less. */
function file(path: string): string {
  if (real === undefined) return SYNTHETIC;
  const found = join(real, path);
  if (!existsSync(found)) throw new Error(`GROUNDSWELL_DATA has no ${path}`);
  return found;
}

let plan: Plan;
beforeAll(async () => {
  const sources = await readSources({
    graph: file('graphs/ego-facebook/facebook_combined.txt'),
    statuses: file('statuses/ubuntu-irc/irc-disentanglement-data.tar.gz'),
    clock: file('rates/ted-munliv/ids-15.15_17.30.txt'),
    limit: POSTS,
    seed: SEED,
  });
  plan = makePlan(sources, POSTS);
});

const data = useTempDir();

interface Scenario {
  /** Seconds that the posts take; the clock is sped up to that. */
  seconds: number;
  disturb?: (keyof typeof DISTURBANCES)[];
  fanouts?: number;
  segmentMs?: number;
}

let runs = 0;

async function replay({ seconds, disturb = [], fanouts = 1, segmentMs = 1000 }: Scenario): Promise<Verdict> {
  return run({
    plan,
    viewers: VIEWERS,
    speed: plan.posts.at(-1)!.at / 1000 / seconds,
    seed: SEED,
    fanouts,
    segmentMs,
    root,
    data: join(data.path, `run-${++runs}`),
    disturbances: disturb.map((name) => DISTURBANCES[name]!()),
    onProgress: () => undefined,
    say: () => undefined,
  });
}

/** What every run must show, whatever happened in it. */
function expectExact(verdict: Verdict): void {
  expect(verdict.faults).toEqual([]);
  expect(verdict.exact).toBe(true);
  expect(verdict.posted + verdict.refused).toBe(POSTS);
  expect(verdict.viewers).toBe(VIEWERS + verdict.newcomers);
  expect(verdict.medianFriends).toBeGreaterThanOrEqual(20);
  expect(verdict.shareWithout).toBeLessThanOrEqual(0.1);
  expect(verdict.friends).toBeGreaterThan(VIEWERS * 20);
}

describe('replay', () => {
  it('gives every viewer exactly what is due, in order', async () => {
    const verdict = await replay({ seconds: 6 });
    expectExact(verdict);
    expect(verdict.everyone).toBe(verdict.posted * VIEWERS);
  });

  it('does so while fanout is killed and started again, twice', async () => {
    const verdict = await replay({ seconds: 14, disturb: ['kill-fanout'] });
    expectExact(verdict);
    expect(verdict.reconnects).toBeGreaterThanOrEqual(VIEWERS);
  });

  it('serves the same bytes from two nodes, though the ticker is killed and a rogue writes ticks', async () => {
    const verdict = await replay({ seconds: 32, fanouts: 2, segmentMs: 250, disturb: ['kill-ticker', 'rogue-ticks'] });
    expectExact(verdict);
    expect(verdict.segmentsWithSeveral).toBeGreaterThanOrEqual(100);
    expect(verdict.segmentsCompared).toBeGreaterThanOrEqual(verdict.segmentsWithSeveral);
    // More ticks in the log than segments: forged ones were fenced off.
    expect(verdict.ticks).toBeGreaterThan(verdict.segmentsCompared);
  });

  it('fences off a ticker that stood still while another took over', async () => {
    const verdict = await replay({ seconds: 20, fanouts: 2, segmentMs: 250, disturb: ['pause-ticker'] });
    expectExact(verdict);
    expect(verdict.segmentsCompared).toBeGreaterThan(0);
  });

  it('heals after Redis is emptied while 100 viewers come back and 50 come for the first time', async () => {
    const verdict = await replay({ seconds: 10, disturb: ['flush-redis'] });
    expectExact(verdict);
    expect(verdict.newcomers).toBe(50);
    expect(verdict.reconnects).toBeGreaterThanOrEqual(100);
  });

  it('loses and repeats nothing when nats-server is killed and started again on its data', async () => {
    const verdict = await replay({ seconds: 10, disturb: ['kill-nats'] });
    expectExact(verdict);
    expect(verdict.retried).toBeGreaterThan(0);
  });
});
