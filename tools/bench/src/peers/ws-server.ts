/** Peer: the shortest program with `ws`. What comes in is sent to every socket, one call each. */
import { WebSocketServer } from 'ws';
import { feedIn } from './feed-in.js';
import { sayListening } from './listening.js';

const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
const feed = await feedIn((line) => {
  for (const client of server.clients) client.send(line);
});
const listening = (): void => sayListening({ port: (server.address() as { port: number }).port, feed });
if (server.address()) listening();
else server.on('listening', listening);
