import type { Audience } from '@groundswell/protocol';
import { toCheckpoint, type StoredCheckpoint } from './checkpoint.js';
import { keys, PARTITIONS, partitionOf } from './keys.js';
import { script } from './script.js';
import { inner, type Store } from './store.js';

/** A story whose counts have changed since they were told. */
export interface Untold {
  event: string;
  story: string;
}

/** Counts of a story, in all, as of a position of EVENTS. */
export interface StoredCounts extends Untold {
  author: string;
  audience: Audience;
  comments: number;
  likes: number;
  asOf: number;
}

/** KEYS: checkpoint, tally, likes. */
const READ = script(`
return {
  redis.call('HMGET', KEYS[1], 'created', 'seq'),
  redis.call('HMGET', KEYS[2], 'author', 'audience', 'comments'),
  redis.call('SCARD', KEYS[3])
}
`);

/** KEYS: untold. ARGV: pairs of entry and position: told up to there, it goes unless it has changed later. */
const SETTLE = script(`
for i = 1, #ARGV, 2 do
  local changed = redis.call('ZSCORE', KEYS[1], ARGV[i])
  if changed and tonumber(changed) <= tonumber(ARGV[i + 1]) then redis.call('ZREM', KEYS[1], ARGV[i]) end
end
`);

/** Stories whose counts wait to be told, oldest change first, at most `limit` of a partition; in one flight. */
export async function untoldStories(store: Store, limit: number): Promise<Untold[]> {
  const replies = await Promise.all(
    Array.from({ length: PARTITIONS }, (_, partition) =>
      inner(store).send(['ZRANGE', keys.untold(partition), '0', String(limit - 1)]),
    ),
  );
  return (replies as string[][]).flat().map((entry) => {
    const [event, story] = entry.split(' ') as [string, string];
    return { event, story };
  });
}

/** Counts of stories, each with the position up to which it counts, in one flight. A story never counted is left out. */
export async function readCounts(store: Store, stories: readonly Untold[]): Promise<StoredCounts[]> {
  const found = await Promise.all(
    stories.map(async ({ event, story }) => {
      const touched = [
        keys.checkpoint('EVENTS', partitionOf(story)),
        keys.tally(event, story),
        keys.likes(event, story),
      ];
      const [checkpoint, [author, audience, comments], likes] = (await inner(store).run(READ, touched, [])) as [
        StoredCheckpoint,
        [string | null, Audience | null, string | null],
        number,
      ];
      const asOf = toCheckpoint(checkpoint)?.seq;
      if (asOf === undefined || author === null || audience === null) return [];
      return [{ event, story, author, audience, comments: Math.max(0, Number(comments ?? 0)), likes, asOf }];
    }),
  );
  return found.flat();
}

/** These counts have been told: their stories wait no longer, unless something has changed since. In one flight. */
export async function settleCounts(store: Store, told: readonly StoredCounts[]): Promise<void> {
  const byPartition = new Map<number, string[]>();
  for (const { event, story, asOf } of told) {
    const partition = partitionOf(story);
    const args = byPartition.get(partition) ?? [];
    args.push(`${event} ${story}`, String(asOf));
    byPartition.set(partition, args);
  }
  await Promise.all(
    [...byPartition].map(([partition, args]) => inner(store).run(SETTLE, [keys.untold(partition)], args)),
  );
}
