/** Peer: the least that a server on `ws` can do. What comes in is framed once, and written to each raw socket. */
import type { Socket } from 'node:net';
import { WebSocketServer } from 'ws';
import { feedIn } from './feed-in.js';
import { sayListening } from './listening.js';

const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
const sockets = new Set<Socket>();
server.on('connection', (client, request) => {
  const { socket } = request;
  sockets.add(socket);
  client.on('close', () => sockets.delete(socket));
});
const feed = await feedIn((line) => {
  const frame = prepare(line);
  for (const socket of sockets) socket.write(frame);
});
const listening = (): void => sayListening({ port: (server.address() as { port: number }).port, feed });
if (server.address()) listening();
else server.on('listening', listening);

function prepare(text: string): Buffer {
  const length = Buffer.byteLength(text);
  const start = length < 126 ? 2 : length < 65_536 ? 4 : 10;
  const frame = Buffer.alloc(start + length);
  frame[0] = 0x81;
  frame[1] = start === 2 ? length : start === 4 ? 126 : 127;
  if (start === 4) frame.writeUInt16BE(length, 2);
  if (start === 10) frame.writeBigUInt64BE(BigInt(length), 2);
  frame.write(text, start);
  return frame;
}
