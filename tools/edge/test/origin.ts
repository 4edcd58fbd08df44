import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';

export interface Answer {
  status?: number;
  headers?: Record<string, string>;
  body?: string;
  /** Milliseconds that the origin takes. */
  afterMs?: number;
}

type Answering = (request: IncomingMessage) => Answer;

/** What a cache asks: counts it, and answers by itself or lets a real server do it. */
export class Origin {
  readonly asked: IncomingMessage[] = [];
  /** When, Unix milliseconds; beside `asked`. */
  readonly askedAt: number[] = [];
  private answering: Answering | undefined;
  private behind: number | undefined;

  private constructor(private readonly server: Server) {
    server.on('request', (message, reply) => this.answer(message, reply));
    server.on('upgrade', (message, socket, head) => this.passUpgrade(message, socket, head));
  }

  static async start(): Promise<Origin> {
    const server = createServer({ keepAliveTimeout: 60_000 });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new Origin(server);
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** From now on it answers so. */
  answers(answering: Answer | Answering): void {
    this.behind = undefined;
    this.answering = typeof answering === 'function' ? answering : () => answering;
  }

  /** From now on another server answers. */
  passesTo(port: number): void {
    this.behind = port;
  }

  /** How often an address was asked for; its query counts. */
  count(url: string): number {
    return this.asked.filter((message) => message.url === url).length;
  }

  /** The shortest time between two requests for the same address that fits; milliseconds, Infinity when none came twice. */
  shortestGap(fits: (url: string) => boolean): number {
    const last = new Map<string, number>();
    let shortest = Infinity;
    this.asked.forEach(({ url = '' }, i) => {
      if (!fits(url)) return;
      shortest = Math.min(shortest, this.askedAt[i]! - (last.get(url) ?? -Infinity));
      last.set(url, this.askedAt[i]!);
    });
    return shortest;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private answer(message: IncomingMessage, reply: ServerResponse): void {
    this.asked.push(message);
    this.askedAt.push(Date.now());
    if (this.behind !== undefined) return this.pass(message, reply, this.behind);
    const { status = 200, headers = {}, body = '', afterMs = 0 } = this.answering?.(message) ?? { status: 404 };
    message.resume();
    setTimeout(() => {
      reply.writeHead(status, { 'Content-Length': String(Buffer.byteLength(body)), ...headers });
      reply.end(body);
    }, afterMs);
  }

  private pass(message: IncomingMessage, reply: ServerResponse, port: number): void {
    const { method, url, headers } = message;
    const passed = request({ host: '127.0.0.1', port, method, path: url, headers, agent: false }, (answer) => {
      reply.writeHead(answer.statusCode!, answer.headers);
      answer.pipe(reply);
    });
    passed.on('error', () => reply.destroy());
    reply.on('close', () => passed.destroy());
    message.pipe(passed);
  }

  private passUpgrade({ method, url, rawHeaders }: IncomingMessage, socket: Duplex, head: Buffer): void {
    if (this.behind === undefined) return void socket.destroy();
    const behind = connect(this.behind, '127.0.0.1');
    const lines = rawHeaders.flatMap((name, i) => (i % 2 === 0 ? [`${name}: ${rawHeaders[i + 1]}`] : []));
    behind.write([`${method} ${url} HTTP/1.1`, ...lines, '', ''].join('\r\n'));
    behind.write(head);
    behind.pipe(socket).pipe(behind);
    for (const [one, other] of [
      [behind, socket],
      [socket, behind],
    ] as const) {
      one.on('error', () => other.destroy());
      one.on('close', () => other.destroy());
    }
  }
}
