import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { SUBPROTOCOL } from '@groundswell/protocol';
import type {
  Author,
  ClientMessage,
  CommentOp,
  EventView,
  HelloMessage,
  ItemOp,
  ServerFrame,
  Story,
} from '@groundswell/protocol';
import { WebSocket, WebSocketServer } from 'ws';
import { ElsewhereDouble } from './elsewhere-double.js';
import { HiddenDouble } from './hidden-double.js';

const EPOCH = 3;
const EVENT = 'final';
export const ANN: Author = { id: 'ann', name: 'Ann Archer' };
export const BO: Author = { id: 'bo', name: 'Bo Brandt' };
export const CLEO: Author = { id: 'cleo', name: 'Cleo Cruz' };

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
};

/** A token that is valid for an hour, signed by nobody. */
function token(): string {
  const claims = { sub: ANN.id, exp: Math.floor(Date.now() / 1_000) + 3_600 };
  return `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.x`;
}

/** Serves the built page and speaks the protocol with it: one event, one log, kept in memory. */
export class ServerDouble {
  readonly #dist: string;
  readonly #http = createServer((request, response) => void this.#answer(request, response));
  readonly #sockets = new WebSocketServer({
    server: this.#http,
    path: '/v1/socket',
    handleProtocols: () => SUBPROTOCOL,
  });
  readonly #log: ItemOp[] = [];
  /** Sockets that asked for Friends. */
  readonly #friendly = new WeakSet<WebSocket>();
  readonly #hidden = new HiddenDouble();
  readonly elsewhere = new ElsewhereDouble();
  /** What else can be read, by address. */
  readonly written = new Map<string, object>();
  readonly hellos: HelloMessage[] = [];
  /** What was posted, by Idempotency-Key. */
  readonly posted = new Map<string, { id: string; seq: number; at: number }>();
  events: EventView[] = [{ id: EVENT, title: 'The final', state: 'live', createdAt: 0 }];
  /** The next posts are answered with 503. */
  refuse = 0;
  /** What is stored is not sent on while this is set. */
  silent = false;

  constructor(dist: string) {
    this.#dist = dist;
    this.#sockets.on('connection', (socket) => {
      socket.on('message', (data) => this.#hear(socket, JSON.parse((data as Buffer).toString()) as ClientMessage));
    });
  }

  async start(): Promise<string> {
    this.#http.listen(0, '127.0.0.1');
    await once(this.#http, 'listening');
    return `http://127.0.0.1:${(this.#http.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.dropSockets();
    this.#sockets.close();
    this.#http.closeAllConnections();
    this.#http.close();
    await once(this.#http, 'close');
  }

  dropSockets(): void {
    for (const socket of this.#sockets.clients) socket.terminate();
  }

  /** Somebody says something: every socket gets a segment and a Friends item. */
  say(author: Author, text: string, more: { of?: string; facets?: CommentOp['facets']; ago?: number } = {}): string {
    const seq = this.#log.length + 1;
    const id = `item${String(seq).padStart(12, '0')}`;
    const { of, facets, ago = 0 } = more;
    const item = { id, seq, at: Date.now() - ago, author, text, rev: 1, ...(facets ? { facets } : {}) };
    this.#append(of === undefined ? { t: 'add', ...item } : { t: 'comment', of, ...item });
    return id;
  }

  #append(op: ItemOp): void {
    this.#log.push(op);
    if (this.silent) return;
    for (const socket of this.#sockets.clients) this.#sendOp(socket, this.#log.length);
  }

  /** Every op is a segment of its own, and its log position is the number of that segment. */
  #sendOp(socket: WebSocket, n: number): void {
    const op = this.#log[n - 1];
    if (!op) return;
    this.#send(socket, { t: 'seg', epoch: EPOCH, n, seq: [n, n], at: Date.now(), seen: 1, shown: 1, ops: [op] });
    if (this.#friendly.has(socket)) this.#send(socket, { t: 'item', seq: n, op });
  }

  #hear(socket: WebSocket, message: ClientMessage): void {
    if (message.t === 'ping') this.#send(socket, { t: 'pong' });
    if (message.t !== 'hello') return;
    this.hellos.push(message);
    this.#send(socket, {
      t: 'welcome',
      epoch: EPOCH,
      node: 'double',
      now: Date.now(),
      maxChars: 420,
      levers: { pingMs: 20_000 },
    });
    if (message.token !== undefined) this.#send(socket, { t: 'hide', authors: this.#hidden.authors() });
    const n = this.#log.length;
    const { everyone, friends } = message;
    if (friends !== undefined) this.#friendly.add(socket);
    if (everyone === null)
      this.#send(socket, { t: 'snap', tab: 'everyone', cursor: { epoch: EPOCH, n }, stories: this.#stories() });
    if (friends === null)
      this.#send(socket, { t: 'snap', tab: 'friends', cursor: { epoch: EPOCH, seq: n }, stories: this.#stories() });
    for (let missing = (everyone?.n ?? n) + 1; missing <= n; missing++) this.#sendOp(socket, missing);
  }

  #hide(): void {
    for (const socket of this.#sockets.clients) {
      if (this.#friendly.has(socket)) this.#send(socket, { t: 'hide', authors: this.#hidden.authors() });
    }
  }

  #stories(): Story[] {
    const comments = this.#log.filter((op) => op.t === 'comment');
    return this.#log
      .filter((op) => op.t === 'add')
      .map((add) => {
        const own = comments.filter(({ of }) => of === add.id);
        return { add, comments: own.slice(-3), commentCount: own.length, likes: 0 };
      })
      .toReversed();
  }

  #send(socket: WebSocket, ...frames: ServerFrame[]): void {
    for (const frame of frames) socket.send(JSON.stringify(frame));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = 'GET' } = request;
    const { pathname } = new URL(request.url ?? '/', 'http://double');
    let text = '';
    for await (const chunk of request) text += String(chunk);
    const json = (status: number, body: unknown) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    };
    const post = /^\/v1\/events\/final\/statuses(?:\/([^/]+)\/comments)?$/.exec(pathname);
    if (method === 'POST' && pathname === '/dev/sign-in') return json(200, { token: token(), member: ANN });
    if (method === 'POST' && post) return this.#post(String(request.headers['idempotency-key']), text, post[1], json);
    const hidden = this.#hidden.answer(method, pathname);
    if (hidden) {
      if (method !== 'GET') this.#hide();
      return json(200, hidden);
    }
    const told = this.elsewhere.answer(method, pathname, text) ?? this.written.get(pathname);
    if (told) return json(200, told);
    if (method === 'DELETE') {
      this.#append({ t: 'tomb', id: pathname.split('/').at(-1) ?? '' });
      return json(200, {});
    }
    if (pathname === '/v1/events') return json(200, this.events);
    if (pathname === '/v1/friends') {
      return json(200, { friends: [BO], asked: [], waiting: [CLEO] });
    }
    await this.#file(pathname === '/' ? '/index.html' : pathname, response);
  }

  #post(key: string, text: string, of: string | undefined, json: (status: number, body: unknown) => void): void {
    if (this.refuse > 0) {
      this.refuse--;
      return json(503, { code: 'unavailable', title: 'Not known to be stored', detail: 'Try again.', status: 503 });
    }
    const known = this.posted.get(key);
    if (known) return json(201, known);
    const body = JSON.parse(text) as { text: string };
    const id = this.say(ANN, body.text, of === undefined ? {} : { of });
    const answer = { id, seq: this.#log.length, at: Date.now() };
    this.posted.set(key, answer);
    json(201, answer);
  }

  async #file(path: string, response: ServerResponse): Promise<void> {
    try {
      const content = await readFile(join(this.#dist, path));
      response.writeHead(200, { 'content-type': TYPES[extname(path)] ?? 'application/octet-stream' }).end(content);
    } catch {
      response.writeHead(404).end();
    }
  }
}
