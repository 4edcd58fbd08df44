/** Peer: Socket.IO as it comes. Emits each status to everybody, or with `BATCH_MS` all of a tick in one message.
 * With `DEFLATE` it compresses, on the terms of ours. */
import { createServer } from 'node:http';
import { Server } from 'socket.io';
import { feedIn } from './feed-in.js';
import { sayListening } from './listening.js';

const batchMs = Number(process.env['BATCH_MS'] ?? 0);
const http = createServer();
const terms = { threshold: 512, serverNoContextTakeover: true, clientNoContextTakeover: true };
const io = new Server(http, process.env['DEFLATE'] ? { perMessageDeflate: terms } : {});

let waiting: unknown[] = [];
const feed = await feedIn((line) => {
  const status: unknown = JSON.parse(line);
  if (batchMs > 0) waiting.push(status);
  else io.emit('status', status);
});
if (batchMs > 0) {
  setInterval(() => {
    if (waiting.length === 0) return;
    io.emit('statuses', waiting);
    waiting = [];
  }, batchMs);
}
http.listen(0, '127.0.0.1', () => sayListening({ port: (http.address() as { port: number }).port, feed }));
