import { SUBPROTOCOL, type HelloMessage, type ServerFrame } from '@groundswell/protocol';
import { createHash } from 'node:crypto';
import { WebSocket } from 'ws';

/** How soon a witness comes back after its socket was lost. */
const AGAIN_MS = 100;
/** Segments that it asks for again then: a node that was started anew must serve the bytes that it served before. */
const REREAD = 60;

/**
 * A socket that keeps the hash of every segment's bytes, to compare nodes with one another. No SDK: the bytes are what
 * matters.
 */
export class Witness {
  /** SHA-256 of the text of each segment. */
  readonly hashes = new Map<number, string>();
  /** Ops in each segment. */
  readonly sizes = new Map<number, number>();
  /** Segments that came twice with other bytes. */
  readonly contradictions: number[] = [];
  private socket: WebSocket | undefined;
  /** Last segment. */
  n = 0;
  /** Position of its tick. */
  seq = 0;
  /** Segments that were read again, from a node that may have been started anew. */
  reread = 0;
  private epoch = 0;
  private stopped = false;

  constructor(
    private readonly url: string,
    private readonly event: string,
  ) {}

  start(): void {
    const socket = new WebSocket(`${this.url.replace(/^http/, 'ws')}/v1/socket`, SUBPROTOCOL);
    this.socket = socket;
    socket.on('open', () => {
      const hello: HelloMessage = {
        t: 'hello',
        event: this.event,
        everyone: { epoch: this.epoch, n: Math.max(0, this.n - REREAD) },
      };
      // Before the epoch is known, the snapshot of an empty event gives it.
      socket.send(JSON.stringify(this.epoch === 0 ? { ...hello, everyone: null } : hello));
    });
    socket.on('message', (data: Buffer) => this.take(data.toString('utf8')));
    socket.on('error', () => undefined);
    socket.on('close', () => {
      if (!this.stopped) setTimeout(() => this.start(), AGAIN_MS);
    });
  }

  stop(): void {
    this.stopped = true;
    this.socket?.terminate();
  }

  private take(text: string): void {
    const frame = JSON.parse(text) as ServerFrame;
    if (frame.t === 'welcome') this.epoch = frame.epoch;
    if (frame.t === 'snap' && frame.tab === 'everyone') this.n = frame.cursor.n;
    if (frame.t !== 'seg') return;
    const hash = createHash('sha256').update(text).digest('hex');
    const known = this.hashes.get(frame.n);
    if (known !== undefined) this.reread++;
    if (known !== undefined && known !== hash) this.contradictions.push(frame.n);
    this.hashes.set(frame.n, hash);
    this.sizes.set(frame.n, frame.ops.length);
    if (frame.n <= this.n) return;
    this.n = frame.n;
    this.seq = frame.seq[1];
  }
}
