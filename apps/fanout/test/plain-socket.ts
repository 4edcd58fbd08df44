import { SUBPROTOCOL, type HelloMessage, type Op, type ServerFrame } from '@groundswell/protocol';
import { eventually } from '@groundswell/testing';
import { WebSocket, type ClientOptions } from 'ws';

type FrameOf<T extends ServerFrame['t']> = Extract<ServerFrame, { t: T }>;

/** A bare client of the protocol, for specs: sends anything, keeps everything. */
export class PlainSocket {
  readonly frames: ServerFrame[] = [];
  /** Texts as they came, for comparing bytes. */
  readonly texts: string[] = [];
  closed: { code: number; reason: string } | undefined;
  private readonly ws: WebSocket;

  private constructor(port: number, subprotocol: string, options: ClientOptions) {
    this.ws = new WebSocket(`ws://127.0.0.1:${port}/v1/socket`, subprotocol, options);
    this.ws.on('message', (data: Buffer) => {
      this.texts.push(data.toString('utf8'));
      this.frames.push(JSON.parse(data.toString('utf8')) as ServerFrame);
    });
    this.ws.on('close', (code, reason) => {
      this.closed = { code, reason: reason.toString() };
    });
  }

  /** Connects, without a hello. Rejects when the handshake is refused. */
  static async open(port: number, subprotocol = SUBPROTOCOL, options: ClientOptions = {}): Promise<PlainSocket> {
    const socket = new PlainSocket(port, subprotocol, options);
    await new Promise<void>((resolve, reject) => {
      socket.ws.once('open', resolve);
      socket.ws.once('error', reject);
    });
    socket.ws.on('error', () => undefined);
    return socket;
  }

  /** Connects, says hello, and waits for the welcome. */
  static async greet(port: number, hello: Omit<HelloMessage, 't'>): Promise<PlainSocket> {
    const socket = await PlainSocket.open(port);
    socket.send({ t: 'hello', ...hello });
    await socket.next('welcome');
    return socket;
  }

  /** Extensions that were agreed on. */
  get extensions(): string {
    return this.ws.extensions;
  }

  send(message: object | string | Buffer): void {
    const raw = typeof message === 'string' || Buffer.isBuffer(message);
    this.ws.send(raw ? message : JSON.stringify(message));
  }

  /** All frames of a kind so far. */
  all<T extends ServerFrame['t']>(t: T): FrameOf<T>[] {
    return this.frames.filter((frame): frame is FrameOf<T> => frame.t === t);
  }

  /** Waits until there are `count` frames of a kind; gives the last of them. */
  async next<T extends ServerFrame['t']>(t: T, count = 1): Promise<FrameOf<T>> {
    return eventually(() => this.all(t)[count - 1], { message: `${count} frames "${t}"` });
  }

  async close(): Promise<{ code: number; reason: string }> {
    return eventually(() => this.closed, { timeoutMs: 8_000, message: 'the socket was closed' });
  }

  /** Ids of what segments have added so far. */
  get everyone(): string[] {
    return this.all('seg').flatMap(({ ops }) => ops.flatMap(idOf));
  }

  get friends(): string[] {
    return this.all('item').flatMap(({ op }) => idOf(op));
  }

  end(): void {
    this.ws.terminate();
  }
}

function idOf(op: Op): string[] {
  return 'id' in op && op.t !== 'tomb' ? [op.id] : [];
}
