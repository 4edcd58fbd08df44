import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SUBPROTOCOL } from '@groundswell/protocol';
import type { ClientMessage, ServerFrame } from '@groundswell/protocol';
import { WebSocket, WebSocketServer } from 'ws';
import { createCommands, FeedClient, socketAddress, Timeline } from '../src/index.js';
import { EPOCH, everyoneSnap, friendsSnap, item, itemId, segment, welcome } from './model-ops.js';

/** A real server of `ws` that hands each connection and each message to the test. */
class Server {
  readonly http = createServer((request, response) => {
    request.resume();
    response.writeHead(201, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ id: itemId(50), seq: 50, at: 1, path: request.url }));
  });
  readonly sockets = new WebSocketServer({ server: this.http, path: '/v1/socket' });
  readonly messages: ClientMessage[] = [];
  connections: WebSocket[] = [];

  async listen(): Promise<string> {
    this.sockets.on('connection', (socket) => {
      this.connections.push(socket);
      socket.on('message', (data) => this.messages.push(JSON.parse((data as Buffer).toString()) as ClientMessage));
    });
    this.http.listen(0, '127.0.0.1');
    await once(this.http, 'listening');
    return `http://127.0.0.1:${(this.http.address() as AddressInfo).port}`;
  }

  send(...frames: ServerFrame[]): void {
    for (const frame of frames) this.connections.at(-1)?.send(JSON.stringify(frame));
  }

  async close(): Promise<void> {
    for (const socket of this.connections) socket.terminate();
    this.sockets.close();
    this.http.close();
    await once(this.http, 'close');
  }
}

/** Waits on a condition; the deadline only bounds a failure. */
async function until(what: string, holds: () => boolean): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!holds()) {
    if (Date.now() > deadline) throw new Error(`Waited in vain until ${what}.`);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

describe('FeedClient over the WebSocket of "ws"', () => {
  let server: Server;
  let base: string;
  let client: FeedClient;

  beforeEach(async () => {
    server = new Server();
    base = await server.listen();
    client = new FeedClient({
      url: socketAddress(base),
      event: 'final',
      token: () => 'jwt',
      WebSocket,
      random: () => 0,
    });
  });

  afterEach(async () => {
    client.stop();
    await server.close();
  });

  it('W2: greets, receives, loses its socket and resumes by cursor', async () => {
    const everyone = new Timeline('everyone');
    const friends = new Timeline('friends');
    client.on((event) => {
      everyone.take(event);
      friends.take(event);
    });
    client.start();
    await until('hello came', () => server.messages.length === 1);
    expect(server.connections[0]?.protocol).toBe(SUBPROTOCOL);
    server.send(welcome(), everyoneSnap(0), friendsSnap(0), segment(1), item(11));
    await until('both tabs have one', () => everyone.size === 1 && friends.size === 1);

    server.connections[0]?.terminate();
    await until('the client is back', () => server.messages.length === 2);
    expect(server.messages[1]).toEqual({
      t: 'hello',
      event: 'final',
      token: 'jwt',
      everyone: { epoch: EPOCH, n: 1 },
      friends: { epoch: EPOCH, seq: 11 },
    });
    server.send(welcome(), segment(1), segment(2));
    await until('the new segment is there', () => everyone.size === 2);
    expect(client.stats).toMatchObject({ welcomes: 2, stale: 1, gaps: 0 });
  });

  it('W1: a refusal stops it with a remedy', async () => {
    const remedies: string[] = [];
    client.on((event) => {
      if (event.t === 'stopped') remedies.push(event.error.remedy);
    });
    client.start();
    await until('hello came', () => server.messages.length === 1);
    server.connections[0]?.close(4401);
    await until('it stopped', () => client.state.t === 'stopped');
    expect(remedies).toEqual(['Sign in again, then start the client with the new token.']);
  });

  it('posts with the fetch of Node', async () => {
    const commands = createCommands({ baseUrl: base, token: () => 'jwt' });
    await expect(commands.postStatus('final', { text: 'hi' })).resolves.toMatchObject({ seq: 50 });
  });
});
