import { toCheckpoint, type Checkpoint, type StoredCheckpoint } from './checkpoint.js';
import { historyPartition, keys, partitionOf } from './keys.js';
import { script } from './script.js';
import { inner, type Store } from './store.js';

export interface Listed {
  id: string;
  /** Position in EVENTS. */
  seq: number;
}

/** Entries of a list, newest first, and how far the view was that says so. */
export interface ListedPage {
  checkpoint: Checkpoint | undefined;
  entries: Listed[];
}

export interface PageOptions {
  /** Only what stands below this position. */
  before: number;
  limit: number;
}

/** KEYS: checkpoint, sorted set. ARGV: upper bound, limit. */
const READ = script(`
return {
  redis.call('HMGET', KEYS[1], 'created', 'seq'),
  redis.call('ZRANGE', KEYS[2], '(' .. ARGV[1], '-inf', 'BYSCORE', 'REV', 'LIMIT', 0, ARGV[2], 'WITHSCORES')
}
`);

/** Public statuses of an event in one part of the log (`historyPart`), newest first; those taken back too. */
export function listedStatuses(store: Store, event: string, part: number, page: PageOptions): Promise<ListedPage> {
  return read(store, historyPartition(event, part), keys.history(event, part), page);
}

/** Comments of a story, newest first. */
export function listedComments(store: Store, event: string, story: string, page: PageOptions): Promise<ListedPage> {
  return read(store, partitionOf(story), keys.comments(event, story), page);
}

async function read(store: Store, partition: number, key: string, { before, limit }: PageOptions): Promise<ListedPage> {
  const touched = [keys.checkpoint('EVENTS', partition), key];
  const [checkpoint, flat] = (await inner(store).run(READ, touched, [String(before), String(limit)])) as [
    StoredCheckpoint,
    string[],
  ];
  const entries = Array.from({ length: flat.length / 2 }, (_, i) => ({
    id: flat[2 * i]!,
    seq: Number(flat[2 * i + 1]),
  }));
  return { checkpoint: toCheckpoint(checkpoint), entries };
}
