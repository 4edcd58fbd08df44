import { once } from 'node:events';
import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocket } from 'ws';
import { FeedClient, socketAddress } from '../src/index.js';
import { itemId, segment } from './model-ops.js';
import { ModelPages } from './model-pages.js';

/** Serves pages and streams of the model; an upgrade gets no socket, as behind a proxy that knows none. */
class Server {
  readonly pages = new ModelPages();
  readonly streams: ServerResponse[] = [];
  /** `after` of each stream that was asked for. */
  readonly asked: (string | null)[] = [];
  streamStatus = 200;
  readonly #http = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://model');
    if (url.pathname.endsWith('/stream')) return this.#stream(url, response);
    void this.pages.fetch(url.href, { method: 'GET', headers: {} }).then(async (answer) => {
      response.writeHead(answer.status, { 'content-type': 'application/json' });
      return response.end(await answer.text());
    });
  });

  async listen(): Promise<string> {
    this.#http.on('upgrade', (_, socket) => socket.destroy());
    this.#http.listen(0, '127.0.0.1');
    await once(this.#http, 'listening');
    return `http://127.0.0.1:${(this.#http.address() as AddressInfo).port}`;
  }

  /** Seals the next segment and streams it, in two pieces. */
  async tick(): Promise<void> {
    this.pages.n++;
    const text = `event: seg\ndata: ${JSON.stringify(segment(this.pages.n))}\n\n`;
    const stream = this.streams.at(-1);
    await new Promise<void>((resolve) => (stream ? stream.write(text.slice(0, 40), () => resolve()) : resolve()));
    stream?.write(text.slice(40));
  }

  async close(): Promise<void> {
    this.#http.close();
    this.#http.closeAllConnections();
    await once(this.#http, 'close');
  }

  #stream(url: URL, response: ServerResponse): void {
    this.asked.push(url.searchParams.get('after'));
    response.writeHead(this.streamStatus, { 'content-type': 'text/event-stream' }).flushHeaders();
    if (this.streamStatus === 200) this.streams.push(response);
    else response.end();
  }
}

/** Waits on a condition; the deadline only bounds a failure. */
async function until(what: string, holds: () => boolean): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!holds()) {
    if (Date.now() > deadline) throw new Error(`Waited in vain until ${what}.`);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

describe('FeedClient where no socket gets through, over the fetch of Node', () => {
  let server: Server;
  let client: FeedClient;
  let told: string[];

  beforeEach(async () => {
    server = new Server();
    server.pages.n = 3;
    server.pages.head = { pollMs: 500 };
    const baseUrl = await server.listen();
    const options = { url: socketAddress(baseUrl), event: 'final', WebSocket, random: () => 0 };
    client = new FeedClient({ ...options, fallback: { baseUrl } });
    told = [];
    client.on((event) => {
      if (event.t === 'snap') told = event.frame.stories.map(({ add }) => add.id).toReversed();
      if (event.t === 'seg') told.push(...event.frame.ops.flatMap((op) => ('id' in op ? [op.id] : [])));
    });
  });

  afterEach(async () => {
    client.stop();
    await server.close();
  });

  it('S1, N2: polls, goes over to the stream, and resumes it by cursor', async () => {
    client.start();
    await until('polling has brought the snapshot', () => told.length === 3 && server.streams.length === 1);
    expect(client.carrier).toBe('poll');
    // The stream was opened with nothing held: it begins with a snapshot.
    const snapshot = await server.pages.fetch('/v1/events/final/7/snapshots/3', { method: 'GET', headers: {} });
    server.streams[0]?.write(`event: snap\ndata: ${await snapshot.text()}\n\n`);
    await until('the stream carries', () => client.carrier === 'stream');
    await server.tick();
    await until('a segment came', () => told.length === 4);

    server.streams[0]?.end('event: bye\ndata: {"t":"bye","code":"expired","afterMs":0}\n\n');
    await until('the stream was opened again', () => server.asked.length === 2);
    expect(server.asked).toEqual([null, '7.4']);
    await server.tick();
    await until('the next segment came', () => told.length === 5);
    expect(told).toEqual([10, 20, 30, 40, 50].map(itemId));
  });

  it('H2: polls where there is no stream either', async () => {
    server.streamStatus = 503;
    client.start();
    await until('polling has brought the snapshot', () => told.length === 3);
    await server.tick();
    await until('the next poll brought the segment', () => told.length === 4);
    expect([client.carrier, client.cursors.everyone]).toEqual(['poll', { epoch: 7, n: 4 }]);
  });
});
