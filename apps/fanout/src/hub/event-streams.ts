import { formatCursor, type EveryoneCursor, type ServerFrame } from '@groundswell/protocol';
import type { ServerResponse } from 'node:http';
import type { FlowLevers } from './everyone-hub.js';
import type { EveryoneFrames } from './everyone-frames.js';

/** Proxies close what is silent for long. */
const HEARTBEAT_MS = 15_000;
const LOOK_MS = 1_000;
const HEARTBEAT = Buffer.from(': \n\n');

interface Stream {
  response: ServerResponse;
  /** Number of the last segment sent, of the epoch in force. */
  n: number;
  openedAt: number;
  spokeAt: number;
}

export interface EventStreamsOptions {
  frames: EveryoneFrames;
  levers: FlowLevers;
  /** A stream ends after this time, and its client comes back: nobody stays for ever where there is no room. */
  maxLifeMs: () => number;
  clock: { monotonic(): number };
}

/**
 * Everyone as server-sent events: the frames of the socket protocol with `id: <epoch>.<n>`. Like a socket, a stream has
 * only a number and takes what it lacks when it can.
 */
export class EventStreams {
  private readonly streams = new Set<Stream>();
  private readonly events = new Map<number, Buffer>();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly o: EventStreamsOptions) {}

  get size(): number {
    return this.streams.size;
  }

  /** Starts a stream on a response whose head has been sent; without a cursor from a snapshot. */
  open(response: ServerResponse, cursor: EveryoneCursor | undefined): void {
    const now = this.o.clock.monotonic();
    const stream: Stream = { response, n: 0, openedAt: now, spokeAt: now };
    this.streams.add(stream);
    this.timer ??= setInterval(() => this.look(), LOOK_MS);
    // A client that waits for what comes must know at once that it is let in.
    response.flushHeaders();
    response.on('close', () => this.forget(stream));
    response.on('drain', () => this.advance(stream));
    const { epoch, n: head } = this.o.frames.head;
    if (!cursor || cursor.epoch < epoch) {
      if (cursor) this.say(stream, { t: 'reset', tab: 'everyone', reason: 'epoch' });
      return this.sendSnapshot(stream);
    }
    // A cursor from the future means nothing new: it waits until the stream gets there.
    stream.n = cursor.epoch > epoch ? head : cursor.n;
    this.advance(stream);
  }

  /** A segment has been sealed; with a retraction, older ones have been rendered anew. */
  sealed({ retracted }: { retracted: boolean }): void {
    if (retracted) this.events.clear();
    for (const n of this.events.keys()) {
      if (n >= this.o.frames.serveFrom) break;
      this.events.delete(n);
    }
    for (const stream of this.streams) this.advance(stream);
  }

  /** The flow is on again: everybody gets what they missed. */
  resume(): void {
    for (const stream of this.streams) this.advance(stream);
  }

  /** Ends all streams; their clients come back, to this node or another. */
  stop(): void {
    for (const stream of this.streams) this.end(stream);
  }

  private advance(stream: Stream): void {
    const { frames, levers } = this.o;
    const { n: head } = frames.head;
    if (!levers.enabled()) return;
    while (stream.n < head && !stream.response.writableNeedDrain && !stream.response.writableEnded) {
      if (head - stream.n > levers.maxBehind() || stream.n + 1 < frames.serveFrom) {
        this.say(stream, { t: 'skip', tab: 'everyone', from: stream.n, to: head, missed: head - stream.n });
        return this.sendSnapshot(stream);
      }
      stream.n++;
      this.write(stream, this.event(stream.n));
    }
  }

  private event(n: number): Buffer {
    const known = this.events.get(n);
    if (known) return known;
    const event = this.withId('seg', n, this.o.frames.segmentText(n)!);
    this.events.set(n, event);
    return event;
  }

  private sendSnapshot(stream: Stream): void {
    const { n } = this.o.frames.head;
    this.write(stream, this.withId('snap', n, this.o.frames.snapshotText(n)!));
    stream.n = n;
  }

  private withId(name: string, n: number, data: string): Buffer {
    return Buffer.from(
      `event: ${name}\nid: ${formatCursor({ epoch: this.o.frames.head.epoch, n })}\ndata: ${data}\n\n`,
    );
  }

  private say(stream: Stream, frame: ServerFrame): void {
    this.write(stream, Buffer.from(`event: ${frame.t}\ndata: ${JSON.stringify(frame)}\n\n`));
  }

  private write(stream: Stream, event: Buffer): void {
    stream.response.write(event);
    stream.spokeAt = this.o.clock.monotonic();
  }

  private look(): void {
    const now = this.o.clock.monotonic();
    for (const stream of this.streams) {
      if (now - stream.openedAt >= this.o.maxLifeMs()) this.end(stream);
      else if (now - stream.spokeAt >= HEARTBEAT_MS && !stream.response.writableNeedDrain)
        this.write(stream, HEARTBEAT);
    }
  }

  private end(stream: Stream): void {
    this.say(stream, { t: 'bye', code: 'expired', afterMs: 0 });
    stream.response.end();
    this.forget(stream);
  }

  private forget(stream: Stream): void {
    this.streams.delete(stream);
    if (this.streams.size > 0) return;
    clearInterval(this.timer);
    this.timer = undefined;
  }
}
