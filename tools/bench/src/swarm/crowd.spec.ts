import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { WebSocketServer } from 'ws';
import { Crowd } from './crowd.js';
import type { OpenOrder } from './messages.js';

describe('Crowd', () => {
  let server: Server;
  let sockets: WebSocketServer;
  let first: (() => void) | undefined;

  beforeEach(async () => {
    first = undefined;
    sockets = new WebSocketServer({ noServer: true });
    server = createServer();
    server.on('upgrade', (request, socket: Socket, head: Buffer) => {
      const admit = (): void => sockets.handleUpgrade(request, socket, head, () => undefined);
      // The first handshake ends after all the others.
      if (first) admit();
      else first = admit;
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterEach(() => {
    for (const socket of sockets.clients) socket.terminate();
    server.close();
  });

  it('closes those that verify last, in whatever order their handshakes ended', async () => {
    const { port } = server.address() as AddressInfo;
    const order = (count: number): OpenOrder => ({
      host: '127.0.0.1',
      port,
      dialect: 'plain',
      event: '',
      tokens: [],
      compress: false,
      sockets: count,
    });
    const crowd = new Crowd();
    const opening = crowd.resize(order(5));
    while (sockets.clients.size < 4) await new Promise((resolve) => setImmediate(resolve));
    first!();
    expect(await opening).toEqual({ open: 5, failed: 0 });
    await crowd.resize(order(1));
    expect(crowd.report()).toMatchObject({ open: 1, verifiers: 1 });
    await crowd.resize(order(0));
  });
});
