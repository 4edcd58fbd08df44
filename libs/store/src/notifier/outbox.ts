import { keys, partitionOf } from '../keys.js';
import { script } from '../script.js';
import { inner, type Store } from '../store.js';
import type { StoredNotice } from './pairs.js';

/** What watchers are still to be told, in the order asked; in one flight. */
export async function readOutbox(store: Store, watchers: readonly string[]): Promise<StoredNotice[][]> {
  const replies = await Promise.all(watchers.map((watcher) => inner(store).send(['HGETALL', keys.outbox(watcher)])));
  return (replies as Map<string, string>[]).map((fields) => [...fields].map(([id, json]) => ({ id, json })));
}

export interface Cleared {
  watcher: string;
  /** Notices that have been told, or are to be told no more. */
  ids: readonly string[];
  /** When what is left is to be mailed, Unix milliseconds. */
  letterAt: number;
  /** The time counts only under this lease: whoever was brought forward meanwhile stays so. Absent: in any case. */
  leasedUntil?: number;
}

/** KEYS: outbox, letters. ARGV: watcher, next letter, lease (empty: any), ids. */
const CLEAR = script(`
for i = 4, #ARGV do redis.call('HDEL', KEYS[1], ARGV[i]) end
if redis.call('EXISTS', KEYS[1]) == 0 then
  redis.call('ZREM', KEYS[2], ARGV[1])
elseif ARGV[3] == '' then
  redis.call('ZADD', KEYS[2], 'XX', ARGV[2], ARGV[1])
else
  local due = redis.call('ZSCORE', KEYS[2], ARGV[1])
  if due and tonumber(due) == tonumber(ARGV[3]) then redis.call('ZADD', KEYS[2], ARGV[2], ARGV[1]) end
end
`);

/** Takes notices out; whoever has none left waits for no letter. What came meanwhile stays. One flight. */
export async function clearOutbox(store: Store, cleared: readonly Cleared[]): Promise<void> {
  await Promise.all(
    cleared.map(({ watcher, ids, letterAt, leasedUntil }) =>
      inner(store).run(
        CLEAR,
        [keys.outbox(watcher), keys.letters(partitionOf(watcher))],
        [watcher, String(letterAt), leasedUntil === undefined ? '' : String(leasedUntil), ...ids],
      ),
    ),
  );
}
