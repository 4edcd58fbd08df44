import { keys, PARTITIONS, partitionOf } from '../keys.js';
import { script } from '../script.js';
import { inner, type Store } from '../store.js';

/** What waits for its time: a look at those whom a watcher watches through a provider, or a letter to a watcher. */
export type Duty = { check: string } | 'letter';

export interface LeaseOptions {
  /** Unix milliseconds. */
  now: number;
  /** When it is due again if nobody settles it. */
  until: number;
  /** At most about so many watchers; each partition gives its share. */
  limit: number;
}

/** KEYS: sorted set. ARGV: now, until, limit. */
const LEASE = script(`
local due = redis.call('ZRANGE', KEYS[1], '-inf', ARGV[1], 'BYSCORE', 'LIMIT', 0, ARGV[3])
if #due == 0 then return due end
local leased = {}
for i = 1, #due do
  leased[2 * i - 1] = ARGV[2]
  leased[2 * i] = due[i]
end
redis.call('ZADD', KEYS[1], 'XX', unpack(leased))
return due
`);

/**
 * Watchers whose time has come, longest overdue first in each partition. Each is given to one caller and comes back after
 * `until`: losing it costs time and nothing else. One flight.
 */
export async function leaseDue(store: Store, duty: Duty, { now, until, limit }: LeaseOptions): Promise<string[]> {
  const share = String(Math.ceil(limit / PARTITIONS));
  const replies = await Promise.all(
    Array.from({ length: PARTITIONS }, (_, partition) =>
      inner(store).run(LEASE, [keyOf(duty, partition)], [String(now), String(until), share]),
    ),
  );
  return (replies as string[][]).flat();
}

/** Brings watchers forward who wait for a later time; others stay as they are. One flight. */
export async function makeDue(store: Store, duty: Duty, watchers: readonly string[], at: number): Promise<void> {
  const byPartition = new Map<number, string[]>();
  for (const watcher of watchers) {
    const partition = partitionOf(watcher);
    const args = byPartition.get(partition) ?? [];
    args.push(String(at), watcher);
    byPartition.set(partition, args);
  }
  await Promise.all(
    [...byPartition].map(([partition, args]) =>
      inner(store).send(['ZADD', keyOf(duty, partition), 'XX', 'LT', ...args]),
    ),
  );
}

/** Watchers who are due, and since when the first one is, for metrics. One flight. */
export async function overdue(
  store: Store,
  duty: Duty,
  now: number,
): Promise<{ count: number; since: number | undefined }> {
  const replies = await Promise.all(
    Array.from({ length: PARTITIONS }, async (_, partition) => {
      const key = keyOf(duty, partition);
      const [count, first] = await Promise.all([
        inner(store).send(['ZCOUNT', key, '-inf', String(now)]),
        inner(store).send(['ZRANGE', key, '0', '0', 'WITHSCORES']),
      ]);
      return { count: Number(count), first: (first as [string, number][])[0]?.[1] };
    }),
  );
  const count = replies.reduce((sum, one) => sum + one.count, 0);
  const firsts = replies.flatMap(({ count: some, first }) => (some > 0 && first !== undefined ? first : []));
  return { count, since: count > 0 ? Math.min(...firsts) : undefined };
}

function keyOf(duty: Duty, partition: number): string {
  return duty === 'letter' ? keys.letters(partition) : keys.due(duty.check, partition);
}
