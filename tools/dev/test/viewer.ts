import { SUBPROTOCOL, type HelloMessage, type ServerFrame } from '@groundswell/protocol';
import { eventually } from '@groundswell/testing';
import { get } from 'node:http';
import { WebSocket } from 'ws';

type FrameOf<T extends ServerFrame['t']> = Extract<ServerFrame, { t: T }>;

/** A socket that keeps every byte it was sent. */
export class Viewer {
  readonly texts: string[] = [];
  private readonly socket: WebSocket;

  private constructor(url: string, hello: HelloMessage) {
    this.socket = new WebSocket(`${url.replace('http', 'ws')}/v1/socket`, SUBPROTOCOL);
    this.socket.on('open', () => this.socket.send(JSON.stringify(hello)));
    this.socket.on('message', (data: Buffer) => this.texts.push(data.toString('utf8')));
    this.socket.on('error', () => undefined);
  }

  /** Says hello and waits for the first frame. */
  static async open(url: string, hello: Omit<HelloMessage, 't'>): Promise<Viewer> {
    const viewer = new Viewer(url, { t: 'hello', ...hello });
    await eventually(() => viewer.texts.length > 0, { timeoutMs: 10_000, message: 'a first frame' });
    return viewer;
  }

  all<T extends ServerFrame['t']>(t: T): FrameOf<T>[] {
    const frames = this.texts.map((text) => JSON.parse(text) as ServerFrame);
    return frames.filter((frame): frame is FrameOf<T> => frame.t === t);
  }

  get heard(): string {
    return this.texts.join('\n');
  }

  /** The newest list of authors to hide. */
  get hidden(): string[] | undefined {
    return this.all('hide').at(-1)?.authors;
  }

  hears(text: string): Promise<unknown> {
    return eventually(() => this.heard.includes(text), { timeoutMs: 10_000, message: `a socket hears "${text}"` });
  }

  end(): void {
    this.socket.terminate();
  }
}

/** A stream of server-sent events that keeps every byte. */
export class Listener {
  heard = '';
  private readonly request;

  constructor(url: string) {
    this.request = get(url, (response) => response.setEncoding('utf8').on('data', (text) => (this.heard += text)));
    this.request.on('error', () => undefined);
  }

  end(): void {
    this.request.destroy();
  }
}
