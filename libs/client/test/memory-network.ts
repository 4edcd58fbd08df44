import type { ClientMessage, ServerFrame } from '@groundswell/protocol';
import type { SocketConstructor, SocketLike } from '../src/feed/environment.js';

type Listener = (event: never) => void;

/** Both ends of a socket in memory. Nothing moves before it is told to: no ports, no sleeps. */
export class MemoryLink implements SocketLike {
  readonly url: string;
  readonly protocols: string[];
  /** What the client has sent, in order. */
  readonly sent: ClientMessage[] = [];
  /** Code with which the client closed. */
  closedByClient: number | undefined;
  readonly #listeners = new Map<string, Listener[]>();
  readonly #toClient: string[] = [];
  #open = true;

  constructor(url: string, protocols: string[]) {
    this.url = url;
    this.protocols = protocols;
  }

  get isOpen(): boolean {
    return this.#open;
  }

  /** Frames that wait for a flush. */
  get waiting(): number {
    return this.#toClient.length;
  }

  addEventListener(type: string, listener: Listener): void {
    this.#listeners.set(type, [...(this.#listeners.get(type) ?? []), listener]);
  }

  send(data: string): void {
    this.sent.push(JSON.parse(data) as ClientMessage);
  }

  close(code = 1005): void {
    this.closedByClient = code;
    this.#open = false;
  }

  accept(): void {
    this.#fire('open', {});
  }

  push(...frames: ServerFrame[]): void {
    for (const frame of frames) this.#toClient.push(JSON.stringify(frame));
  }

  pushRaw(data: string): void {
    this.#toClient.push(data);
  }

  /** Delivers up to `count` waiting frames. */
  flush(count = Infinity): void {
    for (let i = 0; i < count && this.#open; i++) {
      const data = this.#toClient.shift();
      if (data === undefined) return;
      this.#fire('message', { data });
    }
  }

  /** Loses the oldest waiting frame, as a faulty middle box would; with `kind`, only when it is such a frame. */
  lose(kind?: ServerFrame['t']): void {
    const [oldest] = this.#toClient;
    if (oldest && (!kind || oldest.startsWith(`{"t":"${kind}"`))) this.#toClient.shift();
  }

  /** Ends the connection; frames not yet flushed are lost. */
  drop(code = 1006): void {
    if (!this.#open) return;
    this.#open = false;
    this.#fire('close', { code });
  }

  #fire(type: string, event: object): void {
    for (const listener of this.#listeners.get(type) ?? []) listener(event as never);
  }
}

/** Hands out links instead of sockets and keeps them for the test. */
export class MemoryNetwork {
  readonly links: MemoryLink[] = [];
  readonly WebSocket: SocketConstructor;

  constructor() {
    const { links } = this;
    this.WebSocket = class extends MemoryLink {
      constructor(url: string, protocols: string[]) {
        super(url, protocols);
        links.push(this);
      }
    };
  }

  /** The newest link. Throws when nothing has connected. */
  get last(): MemoryLink {
    const link = this.links.at(-1);
    if (!link) throw new Error('Nothing has connected yet.');
    return link;
  }
}
