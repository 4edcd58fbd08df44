import { script } from '../script.js';
import { inner, type Store } from '../store.js';

/** A run of looks at a provider: all that fall into one stretch of time. */
export interface Run {
  provider: string;
  /** Number of the stretch. */
  run: number;
}

/** What the looks of a run have seen so far: pairs with a value, and those whose value is another one than what stood. */
export interface RunCount {
  pairs: number;
  differing: number;
}

/** So long a count, and a quarantine, is of use: nothing that is pending is older. */
const KEPT_MS = 7 * 24 * 3_600_000;
/** Runs in quarantine that are remembered of a provider; with more, the oldest are believed again. */
const QUARANTINES = 1_000;

/** KEYS: hash. ARGV: pairs, differing, expiry. */
const COUNT = script(`
local pairs = redis.call('HINCRBY', KEYS[1], 'pairs', ARGV[1])
local differing = redis.call('HINCRBY', KEYS[1], 'differing', ARGV[2])
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return {pairs, differing}
`);

/** Adds to the count of a run, and gives what it is then, of all workers together. */
export async function countRun(store: Store, { provider, run }: Run, count: RunCount): Promise<RunCount> {
  const args = [String(count.pairs), String(count.differing), String(KEPT_MS)];
  const reply = await inner(store).run(COUNT, [`run:${provider}:${run}`], args);
  const [pairs, differing] = reply as [number, number];
  return { pairs, differing };
}

/** KEYS: sorted set. ARGV: run, expiry, how many are kept. */
const QUARANTINE = script(`
local added = redis.call('ZADD', KEYS[1], ARGV[1], ARGV[1])
redis.call('ZREMRANGEBYRANK', KEYS[1], 0, -ARGV[3] - 1)
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return added
`);

/** Puts a run in quarantine; true when it was not. */
export async function quarantineRun(store: Store, { provider, run }: Run): Promise<boolean> {
  const args = [String(run), String(KEPT_MS), String(QUARANTINES)];
  return (await inner(store).run(QUARANTINE, [`quarantine:${provider}`], args)) === 1;
}

/** An operator believes a run after all. */
export async function releaseRun(store: Store, { provider, run }: Run): Promise<void> {
  await inner(store).send(['ZREM', `quarantine:${provider}`, String(run)]);
}

/** The runs of a provider that are in quarantine. */
export async function quarantinedRuns(store: Store, provider: string): Promise<Set<number>> {
  const runs = (await inner(store).send(['ZRANGE', `quarantine:${provider}`, '0', '-1'])) as string[];
  return new Set(runs.map(Number));
}
