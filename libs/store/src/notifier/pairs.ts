import { keys, partitionOf } from '../keys.js';
import { script } from '../script.js';
import { inner, type Store } from '../store.js';

/** What is known of each subject that a watcher watches through a provider, as it is stored. */
export type StoredPairs = ReadonlyMap<string, string>;

/** A notice that goes out with a change of a pair. */
export interface StoredNotice {
  id: string;
  json: string;
}

export interface PairCommit {
  subject: string;
  /** What it was when it was read, and what it shall be. */
  before: string;
  after: string;
  notice?: StoredNotice;
}

export interface WatcherCommit {
  watcher: string;
  pairs: readonly PairCommit[];
  /** Until when the watcher was leased for this look, and when the next one is due, Unix milliseconds. */
  leasedUntil: number;
  nextAt: number;
  /** When the notices of this commit are to be mailed; the earliest time counts. */
  letterAt: number;
}

/** What watchers watch, in the order asked; in one flight. */
export async function readPairs(store: Store, provider: string, watchers: readonly string[]): Promise<StoredPairs[]> {
  const replies = await Promise.all(
    watchers.map((watcher) => inner(store).send(['HGETALL', keys.pairs(provider, watcher)])),
  );
  return replies as Map<string, string>[];
}

/**
 * KEYS: pairs, due, outbox, letters. ARGV: watcher, lease, next look, time of the letter, then subject, before, after, id of the
 * notice (empty: none) and the notice of each pair.
 */
const COMMIT = script(`
local subjects = {}
for i = 5, #ARGV, 5 do subjects[#subjects + 1] = ARGV[i] end
local stands = #subjects > 0 and redis.call('HMGET', KEYS[1], unpack(subjects)) or {}
local pairs, notices = {}, {}
for n = 1, #subjects do
  local i = 5 * n
  if stands[n] then
    if stands[n] ~= ARGV[i + 1] then return 0 end
    pairs[#pairs + 1] = ARGV[i]
    pairs[#pairs + 1] = ARGV[i + 2]
    if ARGV[i + 3] ~= '' then
      notices[#notices + 1] = ARGV[i + 3]
      notices[#notices + 1] = ARGV[i + 4]
    end
  end
end
if #pairs > 0 then redis.call('HSET', KEYS[1], unpack(pairs)) end
if #notices > 0 then
  redis.call('HSET', KEYS[3], unpack(notices))
  redis.call('ZADD', KEYS[4], 'LT', ARGV[4], ARGV[1])
end
local due = redis.call('ZSCORE', KEYS[2], ARGV[1])
if due and tonumber(due) == tonumber(ARGV[2]) then redis.call('ZADD', KEYS[2], ARGV[3], ARGV[1]) end
return 1
`);

/**
 * Writes what looks have brought: pairs, notices and the next time of a watcher in one step each, or nothing of a watcher
 * of whom another worker has written meanwhile (false). A subject that is watched no longer is left out, notice and all.
 * The next time counts only under the lease of this look: whoever was brought forward meanwhile stays so.
 * One flight.
 */
export async function commitPairs(
  store: Store,
  provider: string,
  commits: readonly WatcherCommit[],
): Promise<boolean[]> {
  const replies = await Promise.all(
    commits.map(({ watcher, pairs, leasedUntil, nextAt, letterAt }) => {
      const partition = partitionOf(watcher);
      const touched = [
        keys.pairs(provider, watcher),
        keys.due(provider, partition),
        keys.outbox(watcher),
        keys.letters(partition),
      ];
      const args = [watcher, String(leasedUntil), String(nextAt), String(letterAt)];
      for (const { subject, before, after, notice } of pairs) {
        args.push(subject, before, after, notice?.id ?? '', notice?.json ?? '');
      }
      return inner(store).run(COMMIT, touched, args);
    }),
  );
  return replies.map((reply) => reply === 1);
}
