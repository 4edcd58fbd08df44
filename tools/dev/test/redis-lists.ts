import { connect } from 'node:net';

/** Gathers the entries of every sorted set whose key fits a pattern, as JSON. */
const GATHER = `
local found = {}
for _, key in ipairs(redis.call('KEYS', ARGV[1])) do
  for _, entry in ipairs(redis.call('ZRANGE', key, 0, -1)) do found[#found + 1] = entry end
end
return cjson.encode(found)`;

/** What the sorted sets of a Redis hold, by a pattern of keys, without a client library. */
export async function redisLists(url: string, pattern: string): Promise<string[]> {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port) });
  const parts = ['EVAL', GATHER, '0', pattern];
  socket.write(`*${parts.length}\r\n${parts.map((part) => `$${Buffer.byteLength(part)}\r\n${part}\r\n`).join('')}`);
  let reply = '';
  for await (const chunk of socket.setEncoding('utf8')) {
    reply += chunk as string;
    const [, length, rest] = /^\$(\d+)\r\n([^]*)$/.exec(reply) ?? [];
    if (reply.startsWith('-')) throw new Error(reply);
    // What is gathered here is ASCII: ids.
    if (rest !== undefined && rest.length >= Number(length) + 2) break;
  }
  socket.destroy();
  const [, list] = /^\$\d+\r\n([^]*)\r\n$/.exec(reply) ?? [];
  // An empty table of Lua is an object to its encoder.
  return Object.values(JSON.parse(list ?? '{}') as Record<string, string>);
}
