import { script } from './script.js';

/** Lua: the id in a status as it lies in the recents. */
export const STORY_OF = `local STORY = '^{"kind":"status","id":"([^"]+)"'`;

/**
 * KEYS: checkpoint, then those of each op. ARGV: created, from, to, how many statuses are kept of an author and how
 * many comments of each, then seq, kind and two arguments of each op. A side that gains or loses a block (`bar`) has a
 * second key, the bars; what goes into or out of the recents has one, their talk. What counts for a story has three keys (its
 * set, tally and the untold) and says whose it is. Who connects an account has three as well, the accounts, pairs and due. Sides follow `applySide` of the social rules, where 12 is a block in either
 * direction and 3 a friendship. Who is watched anew is a pair of which nothing is known ('n', see relations). An id can stand in the log twice: the later story takes the place of the earlier one, with what was said of it.
 */
export const APPLY = script(`
${STORY_OF}
local function forget(recents, talk, story)
  local said = redis.call('HGET', talk, story)
  if not said then return end
  local at = string.match(said, '^%d+')
  redis.call('ZREMRANGEBYSCORE', recents, at, at)
  for comment in string.gmatch(said, ':%d+') do redis.call('HDEL', talk, comment) end
  redis.call('HDEL', talk, story)
end

local function add_comment(talk, story, said, seq)
  local _, comments = string.gsub(said, ':', ':')
  if comments == tonumber(ARGV[5]) then
    redis.call('HDEL', talk, string.match(said, ':%d+'))
    said = string.gsub(said, ' :%d+', '', 1)
  end
  redis.call('HSET', talk, story, said .. ' :' .. seq)
end

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
for i = 6, #ARGV, 4 do
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
  elseif kind == 'watch' or kind == 'unwatch' then
    local due = KEYS[key]
    key = key + 1
    if fresh then
      local at, watcher = string.match(b, '^(%d+) (%S+)$')
      if kind == 'watch' then
        if redis.call('HSETNX', target, a, 'n') == 1 then redis.call('ZADD', due, 'LT', at, watcher) end
      elseif redis.call('HDEL', target, a) == 1 and redis.call('EXISTS', target) == 0 then
        redis.call('ZREM', due, watcher)
      end
    end
  elseif kind == 'connect' then
    local watched, due = KEYS[key], KEYS[key + 1]
    key = key + 2
    if fresh then
      local at, watcher, account = string.match(b, '^(%d+) (%S+) (.*)$')
      local old = redis.call('HGET', target, a)
      redis.call('HSET', target, a, account)
      if not old or cjson.decode(old).account ~= cjson.decode(account).account then
        local subjects = redis.call('HKEYS', watched)
        for n = 1, #subjects do redis.call('HSET', watched, subjects[n], 'n') end
        if #subjects > 0 then redis.call('ZADD', due, 'LT', at, watcher) end
      end
    end
  elseif kind == 'push' or kind == 'pull' then
    local talk = KEYS[key]
    key = key + 1
    if fresh and kind == 'push' then
      local story = string.match(a, STORY)
      forget(target, talk, story)
      redis.call('ZADD', target, ARGV[i], a)
      redis.call('HSET', talk, story, ARGV[i] .. ' 0 0 0')
      local old = redis.call('ZRANGE', target, 0, -kept - 1)
      for n = 1, #old do forget(target, talk, string.match(old[n], STORY)) end
    elseif fresh then
      redis.call('ZREMRANGEBYSCORE', target, a, a)
      forget(target, talk, b)
    end
  elseif fresh then
    if kind == 'field' then
      if b == '' then redis.call('HDEL', target, a) else redis.call('HSET', target, a, b) end
    elseif kind == 'lose' then
      local old = redis.call('HGET', target, a)
      local known = old and cjson.decode(old)
      if known and known.account ~= cjson.null and known.of == cjson.decode(b).of then
        redis.call('HSET', target, a, b)
      end
    elseif kind == 'put' then
      local old = redis.call('GET', target)
      if not old or string.sub(old, 1, 14) ~= '{"kind":"tomb"' then redis.call('SET', target, a) end
    elseif kind == 'tomb' then
      redis.call('SET', target, a)
    elseif kind == 'talk' then
      local said = redis.call('HGET', target, a)
      if said then
        add_comment(target, a, said, ARGV[i])
        redis.call('HSET', target, ':' .. ARGV[i], b)
      end
    elseif kind == 'untalk' then
      local said = redis.call('HGET', target, a)
      redis.call('HDEL', target, ':' .. b)
      if said then
        local left = string.gsub(said .. ' ', ' :' .. b .. ' ', ' ', 1)
        redis.call('HSET', target, a, string.sub(left, 1, -2))
      end
    elseif kind == 'told' then
      local said = redis.call('HGET', target, a)
      if said then
        local at, asOf, comments = string.match(said, '^(%d+) %d+ %d+ (%d+)(.*)$')
        if tonumber(string.match(b, '%d+$')) > tonumber(asOf) then
          redis.call('HSET', target, a, at .. ' ' .. b .. comments)
        end
      end
    elseif kind == 'list' then
      redis.call('ZADD', target, ARGV[i], a)
    end
  end
end
redis.call('HSET', KEYS[1], 'created', created, 'seq', to)
return {'applied', to}
`);
