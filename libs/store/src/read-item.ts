import { toCheckpoint, type Checkpoint, type StoredCheckpoint } from './checkpoint.js';
import type { Item } from './items.js';
import { keys, partitionOf } from './keys.js';
import { script } from './script.js';
import { inner, type Store } from './store.js';

export interface StoredItem {
  /** Undefined: the view holds nothing, and says nothing about this item. */
  checkpoint: Checkpoint | undefined;
  /** A tomb when it was taken back; undefined when there is none up to the checkpoint. */
  item: Item | undefined;
}

const READ_ITEM = script(`
return {redis.call('HMGET', KEYS[1], 'created', 'seq'), redis.call('GET', KEYS[2])}
`);

/** A status or comment by its id, with the checkpoint, in one step. */
export async function readItem(store: Store, event: string, id: string): Promise<StoredItem> {
  const touched = [keys.checkpoint('EVENTS', partitionOf(id)), keys.item(event, id)];
  const [checkpoint, text] = (await inner(store).run(READ_ITEM, touched, [])) as [StoredCheckpoint, string | null];
  return { checkpoint: toCheckpoint(checkpoint), item: text === null ? undefined : (JSON.parse(text) as Item) };
}
