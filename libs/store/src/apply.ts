import { isBarred } from '@groundswell/social';
import { historyPart, keys, type LogName } from './keys.js';
import type { Op, Story } from './ops.js';
import { script } from './script.js';
import { inner, type Store } from './store.js';

/** Statuses kept of an author. */
export const NEWEST_KEPT = 50;

/** Messages in (`from`, `to`] as operations on one partition, in order; all of them that concern it. */
export interface Slice {
  partition: number;
  from: number;
  to: number;
  ops: readonly Op[];
}

/**
 * What a partition said. `seq` is its checkpoint now. `applied`: ops after the old checkpoint were. `ahead`: it had all
 * of them. `behind`: it lacks what comes before `from`. `foreign`: it was made from a log of another creation.
 */
export type Outcome =
  | { state: 'applied' | 'ahead' | 'behind'; seq: number }
  | { state: 'foreign'; created: number; seq: number };

/**
 * KEYS: checkpoint, then those of each op. ARGV: created, from, to, how many newest are kept, then seq, kind and two
 * arguments of each op. A side that gains or loses a block (`bar`) has a second key, the bars. What counts for a story has three keys (its set, tally and the untold) and says whose it is. Sides
 * follow `applySide` of the social rules, where 12 is a block in either direction and 3 a friendship.
 */
const APPLY = script(`
local created, from, to, kept = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local checkpoint = redis.call('HMGET', KEYS[1], 'created', 'seq')
local seq = 0
if checkpoint[1] then
  seq = tonumber(checkpoint[2])
  if checkpoint[1] ~= created then return {'foreign', seq, checkpoint[1]} end
end
if seq < from then return {'behind', seq} end
if seq >= to then return {'ahead', seq} end

local key = 2
for i = 5, #ARGV, 4 do
  local fresh, kind, a, b = tonumber(ARGV[i]) > seq, ARGV[i + 1], ARGV[i + 2], ARGV[i + 3]
  local target = KEYS[key]
  key = key + 1
  if kind == 'side' or kind == 'bar' then
    local bars = KEYS[key]
    if kind == 'bar' then key = key + 1 end
    if fresh then
      local clear, set = string.match(b, '^(%d+) (%d+)$')
      local left = bit.band(tonumber(redis.call('HGET', target, a) or 0), bit.bnot(tonumber(clear)))
      set = tonumber(set)
      if bit.band(left, 12) ~= 0 then set = bit.band(set, bit.bnot(3)) end
      local side = bit.bor(left, set)
      if side == 0 then
        redis.call('HDEL', target, a)
      else
        redis.call('HSET', target, a, side)
      end
      if kind == 'bar' then redis.call(bit.band(side, 12) == 0 and 'SREM' or 'SADD', bars, a) end
    end
  elseif kind == 'comment' or kind == 'uncomment' or kind == 'like' or kind == 'unlike' then
    local tally, untold = KEYS[key], KEYS[key + 1]
    key = key + 2
    if fresh then
      local changed = 0
      local event, story, author, audience = string.match(b, '^(%S+) (%S+) (%S+) (%S+)$')
      if kind == 'comment' then
        changed = redis.call('ZADD', target, ARGV[i], a)
        redis.call('HINCRBY', tally, 'comments', changed)
      elseif kind == 'uncomment' then
        changed = redis.call('HSETNX', tally, 'gone:' .. a, 1)
        redis.call('ZREMRANGEBYSCORE', target, a, a)
        redis.call('HINCRBY', tally, 'comments', 0 - changed)
      else
        changed = redis.call(kind == 'like' and 'SADD' or 'SREM', target, a)
      end
      if changed > 0 then
        redis.call('HSET', tally, 'author', author, 'audience', audience)
        redis.call('ZADD', untold, ARGV[i], event .. ' ' .. story)
      end
    end
  elseif fresh then
    if kind == 'name' then
      redis.call('HSET', target, a, b)
    elseif kind == 'details' then
      if b == '' then redis.call('HDEL', target, a) else redis.call('HSET', target, a, b) end
    elseif kind == 'put' then
      local old = redis.call('GET', target)
      if not old or string.sub(old, 1, 14) ~= '{"kind":"tomb"' then redis.call('SET', target, a) end
    elseif kind == 'tomb' then
      redis.call('SET', target, a)
    elseif kind == 'push' then
      redis.call('ZADD', target, a, b)
      redis.call('ZREMRANGEBYRANK', target, 0, -kept - 1)
    elseif kind == 'list' then
      redis.call('ZADD', target, ARGV[i], a)
    elseif kind == 'pull' then
      redis.call('ZREMRANGEBYSCORE', target, a, a)
    end
  end
end
redis.call('HSET', KEYS[1], 'created', created, 'seq', to)
return {'applied', to}
`);

export interface ApplyInput {
  log: LogName;
  /** Creation of the log, Unix milliseconds. */
  created: number;
  slices: readonly Slice[];
}

/**
 * Brings partitions of a view forward: data and checkpoint of each in one step. Outcomes are in the order of the slices;
 * all leave in one flight. Rejects when any could not be done; those that were are then passed over by a repeat.
 */
export function applySlices(store: Store, { log, created, slices }: ApplyInput): Promise<Outcome[]> {
  return Promise.all(slices.map((slice) => applySlice(store, log, created, slice)));
}

async function applySlice(store: Store, log: LogName, created: number, slice: Slice): Promise<Outcome> {
  const touched = [keys.checkpoint(log, slice.partition)];
  const args = [String(created), String(slice.from), String(slice.to), String(NEWEST_KEPT)];
  for (const op of slice.ops) encode(op, slice.partition, touched, args);
  const [state, seq, other] = (await inner(store).run(APPLY, touched, args)) as [Outcome['state'], number, string?];
  return state === 'foreign' ? { state, seq, created: Number(other) } : { state, seq };
}

function encode(op: Op, partition: number, touched: string[], args: string[]): void {
  const seq = String(op.seq);
  switch (op.kind) {
    case 'side': {
      const bar = isBarred(op.clear | op.set);
      touched.push(keys.sides(op.member), ...(bar ? [keys.bars(op.member)] : []));
      args.push(seq, bar ? 'bar' : 'side', op.other, `${op.clear} ${op.set}`);
      break;
    }
    case 'name':
      touched.push(keys.names(partition));
      args.push(seq, 'name', op.member, op.name);
      break;
    case 'details':
      touched.push(keys.details(partition));
      args.push(seq, 'details', op.member, op.details);
      break;
    case 'put':
      touched.push(keys.item(op.event, op.id));
      args.push(seq, 'put', op.item, '');
      break;
    case 'tomb':
      touched.push(keys.item(op.event, op.id));
      args.push(seq, 'tomb', op.tomb, '');
      break;
    case 'recent':
      touched.push(keys.recents(op.event, op.author));
      args.push(seq, 'push', seq, op.item);
      break;
    case 'unrecent':
      touched.push(keys.recents(op.event, op.author));
      args.push(seq, 'pull', String(op.at), '');
      break;
    case 'list':
      touched.push(keys.history(op.event, historyPart(op.seq)));
      args.push(seq, 'list', op.id, '');
      break;
    case 'comment':
      touched.push(keys.comments(op.event, op.story.id), keys.tally(op.event, op.story.id), keys.untold(partition));
      args.push(seq, 'comment', op.id, whose(op));
      break;
    case 'uncomment':
      touched.push(keys.comments(op.event, op.story.id), keys.tally(op.event, op.story.id), keys.untold(partition));
      args.push(seq, 'uncomment', String(op.at), whose(op));
      break;
    case 'like':
      touched.push(keys.likes(op.event, op.story.id), keys.tally(op.event, op.story.id), keys.untold(partition));
      args.push(seq, op.on ? 'like' : 'unlike', op.member, whose(op));
      break;
  }
}

/** Ids hold no blank. */
function whose({ event, story: { id, author, audience } }: { event: string; story: Story }): string {
  return `${event} ${id} ${author} ${audience}`;
}
