/**
 * Peer: the least that a server on `ws` can do. What comes in is compressed and framed once, and written to each raw
 * socket. All clients have agreed to compression.
 */
import type { Socket } from 'node:net';
import { WebSocketServer } from 'ws';
import { constants, deflateRawSync } from 'node:zlib';
import { feedIn } from './feed-in.js';
import { sayListening } from './listening.js';

const terms = { serverNoContextTakeover: true, clientNoContextTakeover: true };
const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: terms });
const sockets = new Set<Socket>();
server.on('connection', (client, request) => {
  const { socket } = request;
  sockets.add(socket);
  client.on('close', () => sockets.delete(socket));
});
const feed = await feedIn((line) => {
  const frame = prepare(deflateRawSync(line, { finishFlush: constants.Z_SYNC_FLUSH }).subarray(0, -4));
  for (const socket of sockets) socket.write(frame);
});
const listening = (): void => sayListening({ port: (server.address() as { port: number }).port, feed });
if (server.address()) listening();
else server.on('listening', listening);

function prepare(payload: Buffer): Buffer {
  const { length } = payload;
  const start = length < 126 ? 2 : length < 65_536 ? 4 : 10;
  const frame = Buffer.alloc(start + length);
  frame[0] = 0xc1;
  frame[1] = start === 2 ? length : start === 4 ? 126 : 127;
  if (start === 4) frame.writeUInt16BE(length, 2);
  if (start === 10) frame.writeBigUInt64BE(BigInt(length), 2);
  payload.copy(frame, start);
  return frame;
}
