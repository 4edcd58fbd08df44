import { STORY_OF } from './apply-script.js';
import { together, toCheckpoint, type Checkpoint, type StoredCheckpoint } from './checkpoint.js';
import type { CommentItem, StatusItem } from './items.js';
import { keys, partitionOf } from './keys.js';
import type { Counts } from './ops.js';
import { script } from './script.js';
import { inner, type Store } from './store.js';

/** A status with what is said of it. */
export interface RecentStory {
  status: StatusItem;
  /** The newest that are kept, oldest first. */
  comments: CommentItem[];
  /** As they were told last; zeros before that. */
  counts: Counts;
}

export interface Recents {
  /** Newest first; authors mixed. */
  stories: RecentStory[];
  /** Older ones may be there that were left out. */
  more: boolean;
  /** Of all partitions that were asked, together. */
  checkpoint: Checkpoint | undefined;
}

export interface RecentsInput {
  authors: readonly string[];
  /** Stories in all, at most. */
  limit: number;
}

/**
 * KEYS: checkpoint, then recents and talk of each author. ARGV: how many stories in all, the newest. The newest of each
 * author is looked at first: below that of the author in place `limit` there is nothing to be had.
 */
const READ = script(`
${STORY_OF}
local limit = tonumber(ARGV[1])
local function newer(a, b) return a.seq > b.seq end

local heads = {}
for i = 2, #KEYS, 2 do
  local head = redis.call('ZRANGE', KEYS[i], 0, 0, 'REV', 'WITHSCORES')
  if head[1] then heads[#heads + 1] = {seq = tonumber(head[2]), key = i} end
end
table.sort(heads, newer)
local floor = heads[limit] and heads[limit].seq or '-inf'

local stories = {}
local more = #heads > limit
for n = 1, math.min(limit, #heads) do
  local key = heads[n].key
  local list = redis.call('ZRANGE', KEYS[key], '+inf', floor, 'BYSCORE', 'REV', 'LIMIT', 0, limit, 'WITHSCORES')
  for at = 1, #list, 2 do stories[#stories + 1] = {seq = tonumber(list[at + 1]), text = list[at], talk = KEYS[key + 1]} end
  if #list < 2 * redis.call('ZCARD', KEYS[key]) then more = true end
end
table.sort(stories, newer)

local found = {redis.call('HMGET', KEYS[1], 'created', 'seq'), (more or #stories > limit) and 1 or 0}
for n = 1, math.min(limit, #stories) do
  local story = stories[n]
  local said = redis.call('HGET', story.talk, string.match(story.text, STORY)) or ''
  local fields = {}
  for field in string.gmatch(said, ':%d+') do fields[#fields + 1] = field end
  local comments = #fields > 0 and redis.call('HMGET', story.talk, unpack(fields)) or {}
  found[n + 2] = {story.seq, story.text, said, comments}
end
return found
`);

type FoundStory = [seq: number, status: string, said: string, comments: string[]];
type Found = [checkpoint: StoredCheckpoint, more: number, ...stories: FoundStory[]];

/**
 * The newest statuses of these authors, at most 50 of one, with what is said of them. In one flight, that asks each
 * partition for twice its share and some; a second one for partitions whose authors wrote more than that.
 */
export async function recents(store: Store, event: string, { authors, limit }: RecentsInput): Promise<Recents> {
  const parts = partsOf(event, authors);
  const share = Math.min(limit, Math.ceil((2 * limit) / Math.max(1, parts.length)) + 4);
  const found = await Promise.all(parts.map((touched) => read(store, touched, share)));
  if (share < limit) {
    const oldest = newestOf(found, limit).at(limit - 1)?.[0] ?? 0;
    const deeper = found.map(async ([, more, ...stories], i) => {
      if (more === 1 && stories.at(-1)![0] > oldest) found[i] = await read(store, parts[i]!, limit);
    });
    await Promise.all(deeper);
  }
  const reached = found.map(([checkpoint]) => toCheckpoint(checkpoint));
  return {
    // Of thousands of authors most of what the partitions give is too old: only what is asked for is decoded.
    stories: newestOf(found, limit).map(decode),
    more: found.some(([, more]) => more === 1) || found.reduce((sum, { length }) => sum + length - 2, 0) > limit,
    checkpoint: together(reached),
  };
}

/** The keys of each partition that authors are in, as the script takes them. */
function partsOf(event: string, authors: readonly string[]): string[][] {
  const byPartition = new Map<number, string[]>();
  for (const author of new Set(authors)) {
    const partition = partitionOf(author);
    const touched = byPartition.get(partition);
    if (touched) touched.push(keys.recents(event, author), keys.talk(event, author));
    else
      byPartition.set(partition, [
        keys.checkpoint('EVENTS', partition),
        keys.recents(event, author),
        keys.talk(event, author),
      ]);
  }
  return [...byPartition.values()];
}

async function read(store: Store, touched: readonly string[], limit: number): Promise<Found> {
  return (await inner(store).run(READ, touched, [String(limit)])) as Found;
}

function newestOf(found: readonly Found[], limit: number): FoundStory[] {
  return found
    .flatMap(([, , ...stories]) => stories)
    .sort(([a], [b]) => b - a)
    .slice(0, limit);
}

function decode([, status, said, comments]: FoundStory): RecentStory {
  const [, told = 0, likes = 0, asOf = 0] = said === '' ? [] : said.split(' ', 4).map(Number);
  return {
    status: JSON.parse(status) as StatusItem,
    comments: comments.map((text) => JSON.parse(text) as CommentItem),
    counts: { comments: told, likes, asOf },
  };
}
