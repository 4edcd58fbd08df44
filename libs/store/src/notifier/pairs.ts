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
  /** When it was looked, Unix milliseconds. From then on the notices may be mailed; the earliest time counts. */
  lookedAt: number;
}

/** What watchers watch, in the order asked; in one flight. */
export async function readPairs(store: Store, provider: string, watchers: readonly string[]): Promise<StoredPairs[]> {
  const replies = await Promise.all(
    watchers.map((watcher) => inner(store).send(['HGETALL', keys.pairs(provider, watcher)])),
  );
  return replies as Map<string, string>[];
}

/**
 * KEYS: due, letters, then pairs and outbox of each watcher. ARGV of each watcher: name, lease, next look, time of this look,
 * number of pairs and of notices; subject, before and after of each pair; number of its pair (from 1), id and text of each
 * notice. Gives 1 or 0 for each watcher.
 */
const COMMIT = script(`
local watchers, leases, nexts, lookedAt, letters, done = {}, {}, {}, {}, {}, {}
local at = 1
for n = 1, (#KEYS - 2) / 2 do
  watchers[n], leases[n], nexts[n], lookedAt[n] = ARGV[at], ARGV[at + 1], ARGV[at + 2], ARGV[at + 3]
  local pairs, notices = tonumber(ARGV[at + 4]), tonumber(ARGV[at + 5])
  local first = at + 6
  local noticed = first + 3 * pairs
  at = noticed + 3 * notices
  local subjects = {}
  for i = 1, pairs do subjects[i] = ARGV[first + 3 * (i - 1)] end
  local stands = pairs > 0 and redis.call('HMGET', KEYS[2 * n + 1], unpack(subjects)) or {}
  local written = {}
  done[n] = 1
  for i = 1, pairs do
    if stands[i] then
      if stands[i] ~= ARGV[first + 3 * i - 2] then
        done[n] = 0
        break
      end
      written[#written + 1] = subjects[i]
      written[#written + 1] = ARGV[first + 3 * i - 1]
    end
  end
  if done[n] == 1 then
    if #written > 0 then redis.call('HSET', KEYS[2 * n + 1], unpack(written)) end
    local posted = {}
    for i = noticed, at - 1, 3 do
      if stands[tonumber(ARGV[i])] then
        posted[#posted + 1] = ARGV[i + 1]
        posted[#posted + 1] = ARGV[i + 2]
      end
    end
    if #posted > 0 then
      redis.call('HSET', KEYS[2 * n + 2], unpack(posted))
      letters[#letters + 1] = lookedAt[n]
      letters[#letters + 1] = watchers[n]
    end
  end
end
if #letters > 0 then redis.call('ZADD', KEYS[2], 'LT', unpack(letters)) end
local due = redis.call('ZMSCORE', KEYS[1], unpack(watchers))
local later = {}
for n = 1, #watchers do
  if due[n] and tonumber(due[n]) == tonumber(leases[n]) then
    later[#later + 1] = done[n] == 1 and nexts[n] or lookedAt[n]
    later[#later + 1] = watchers[n]
  end
end
if #later > 0 then redis.call('ZADD', KEYS[1], unpack(later)) end
return done
`);

/**
 * Writes what looks have brought: pairs, notices and the next time of a watcher in one step each, or nothing of a watcher
 * of whom another worker has written meanwhile (false). A subject that is watched no longer is left out, notice and all.
 * The next time counts only under the lease of this look: whoever was brought forward meanwhile stays so. Under that lease a
 * watcher of whom nothing is written is due again at once: what was written may be of an older look, whose lease had ended.
 * One flight, and one script for each partition of the watchers.
 */
export async function commitPairs(
  store: Store,
  provider: string,
  commits: readonly WatcherCommit[],
): Promise<boolean[]> {
  const written: boolean[] = Array.from({ length: commits.length });
  await Promise.all(
    [...placesByPartition(commits)].map(async ([partition, places]) => {
      const touched = [keys.due(provider, partition), keys.letters(partition)];
      const args: string[] = [];
      for (const place of places) {
        const commit = commits[place]!;
        touched.push(keys.pairs(provider, commit.watcher), keys.outbox(commit.watcher));
        pushCommit(args, commit);
      }
      const done = (await inner(store).run(COMMIT, touched, args)) as number[];
      places.forEach((place, n) => (written[place] = done[n] === 1));
    }),
  );
  return written;
}

function pushCommit(args: string[], { watcher, pairs, leasedUntil, nextAt, lookedAt }: WatcherCommit): void {
  const notices: string[] = [];
  pairs.forEach(({ notice }, i) => {
    if (notice) notices.push(String(i + 1), notice.id, notice.json);
  });
  args.push(watcher, String(leasedUntil), String(nextAt), String(lookedAt));
  args.push(String(pairs.length), String(notices.length / 3));
  for (const { subject, before, after } of pairs) args.push(subject, before, after);
  args.push(...notices);
}

/** Partition → places in the list. */
function placesByPartition(commits: readonly WatcherCommit[]): Map<number, number[]> {
  const partitions = new Map<number, number[]>();
  commits.forEach(({ watcher }, place) => {
    const partition = partitionOf(watcher);
    const places = partitions.get(partition);
    if (places) places.push(place);
    else partitions.set(partition, [place]);
  });
  return partitions;
}
