import { toCheckpoint, type Checkpoint, type StoredCheckpoint } from './checkpoint.js';
import type { Item, StatusItem } from './items.js';
import { keys, partitionOf } from './keys.js';
import { script } from './script.js';
import { inner, type Store } from './store.js';

export interface StoredItem {
  /** Undefined: the view holds nothing, and says nothing about this item. */
  checkpoint: Checkpoint | undefined;
  /** A tomb when it was taken back; undefined when there is none up to the checkpoint. */
  item: Item | undefined;
}

export interface Recents {
  /** Newest first; authors mixed. */
  statuses: StatusItem[];
  /** Checkpoint of the partition that is furthest behind among those asked; undefined when one holds nothing. */
  checkpoint: Checkpoint | undefined;
}

const READ_ITEM = script(`
return {redis.call('HMGET', KEYS[1], 'created', 'seq'), redis.call('GET', KEYS[2])}
`);

/** KEYS: checkpoint, sorted sets. ARGV: how many of each, newest first. */
const READ_NEWEST = script(`
local found = {redis.call('HMGET', KEYS[1], 'created', 'seq')}
for i = 2, #KEYS do found[i] = redis.call('ZRANGE', KEYS[i], 0, ARGV[1] - 1, 'REV') end
return found
`);

/** A status or comment by its id, with the checkpoint, in one step. */
export async function readItem(store: Store, event: string, id: string): Promise<StoredItem> {
  const touched = [keys.checkpoint('EVENTS', partitionOf(id)), keys.item(event, id)];
  const [checkpoint, text] = (await inner(store).run(READ_ITEM, touched, [])) as [StoredCheckpoint, string | null];
  return { checkpoint: toCheckpoint(checkpoint), item: text === null ? undefined : (JSON.parse(text) as Item) };
}

/** The newest statuses of each author, at most `limit` (≤ 50) of one, in one flight. */
export async function recents(
  store: Store,
  event: string,
  { authors, limit = 50 }: { authors: readonly string[]; limit?: number },
): Promise<Recents> {
  const byPartition = new Map<number, string[]>();
  for (const author of new Set(authors)) {
    const partition = partitionOf(author);
    const touched = byPartition.get(partition) ?? [keys.checkpoint('EVENTS', partition)];
    touched.push(keys.recents(event, author));
    byPartition.set(partition, touched);
  }
  const replies = await Promise.all(
    [...byPartition.values()].map((touched) => inner(store).run(READ_NEWEST, touched, [String(limit)])),
  );
  const found = replies as [StoredCheckpoint, ...string[][]][];
  const statuses = found.flatMap(([, ...lists]) => lists.flat().map((text) => JSON.parse(text) as StatusItem));
  const reached = found.map(([checkpoint]) => toCheckpoint(checkpoint));
  return {
    statuses: statuses.sort((a, b) => b.seq - a.seq),
    checkpoint: reached.reduce((least, one) => least && one && (one.seq < least.seq ? one : least), reached[0]),
  };
}
