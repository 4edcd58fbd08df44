import { CLOSE, type CloseName, type FriendsRank, type MarkFrame, type ServerFrame } from '@groundswell/protocol';
import type { Socket } from 'node:net';
import type { WebSocket } from 'ws';
import { JOINED_MAX_BYTES, writeJoined } from './joined-frames.js';
import { markFrame } from './mark-frame.js';
import type { SharedFrame } from './shared-frame.js';
import { textFrame } from './text-frame.js';

/** A ping without a payload (RFC 6455, 5.5.2), complete and unmasked. */
const PING = Buffer.from([0x89, 0]);

/** A socket that greets, before it is part of a room. */
export type Phase = 'opened' | 'greeting' | 'live' | 'closing';

/** Friends frames that wait for a slow socket, at most. Above it they are dropped and the viewer gets a reset. */
export const PENDING_MAX_BYTES = 256 * 1024;

/**
 * One socket and its one writer. Frames with a cursor are ready-made buffers that go straight to the stream, whole and
 * in order; control frames take the same way. Nothing is queued here but Friends frames, up to a bound.
 */
export class Connection {
  phase: Phase = 'opened';
  /** Signed-in member; undefined for a visitor. */
  member: string | undefined;
  /** When the token ends, Unix milliseconds. */
  tokenEndsAt = Infinity;

  /** Everyone: where the hub keeps this socket's cursor, and by whom; -1 while the viewer does not want the tab. */
  slot = -1;
  slots: { halt(slot: number): void } | undefined;

  /** When the socket was opened, whole seconds of the monotonic clock. */
  openedAtS = 0;
  /** Part of the crowd that it belongs to, 0–9999: what is asked of a share of all sockets is asked of the same ones. */
  readonly cohort = Math.floor(Math.random() * 10_000);

  /** Friends: whether the viewer wants it, and in which order; items sent, and the position of the last one. */
  friends = false;
  /** A snapshot is being made: items that come meanwhile will be in it. */
  awaitsSnapshot = false;
  rank: FriendsRank = 'latest';
  itemsSent = 0;
  lastItem = 0;
  /** Wall clock of the last Friends flush. */
  flushedAt = 0;
  pending: Buffer[] = [];
  pendingBytes = 0;
  /** Frames were dropped: a reset and a snapshot are owed. */
  overflowed = false;

  /** A mark, or a mark and a ping, that goes out with the next segment, or within a second without one. */
  owed: 'nothing' | 'mark' | 'mark and ping' = 'nothing';

  /** Invalid messages so far. */
  faults = 0;
  /** No pong since the last ping. */
  silent = false;

  /** The client has agreed to compressed frames. */
  readonly deflates: boolean;

  /** What is to go out together, while it is being written. */
  private gathered: Buffer[] | undefined;

  constructor(
    readonly id: number,
    private readonly ws: WebSocket,
    readonly stream: Socket,
  ) {
    this.deflates = ws.extensions === 'permessage-deflate';
  }

  get open(): boolean {
    return this.ws.readyState === this.ws.OPEN && this.phase !== 'closing';
  }

  /** The stream has taken as much as it should: wait for `drain`. */
  get congested(): boolean {
    return this.stream.writableNeedDrain;
  }

  /** Writes a ready-made frame. */
  write(frame: Buffer): void {
    if (this.gathered) this.gathered.push(frame);
    else this.put(frame);
  }

  /** Writes ready-made frames at once. */
  writeAll(frames: readonly Buffer[]): void {
    if (this.gathered) return void this.gathered.push(...frames);
    let bytes = 0;
    for (const { length } of frames) bytes += length;
    if (bytes > JOINED_MAX_BYTES) {
      this.stream.cork();
      for (const frame of frames) this.put(frame);
      this.stream.uncork();
    } else if (frames.length === 1) this.put(frames[0]!);
    else if (frames.length > 1 && !writeJoined(frames, bytes, this.stream)) this.halt();
  }

  /** Writes a frame in the form that this socket takes. */
  share(frame: SharedFrame): void {
    this.write(this.deflates ? frame.deflated : frame.plain);
  }

  /** Encodes and writes a frame that is this socket's alone. */
  send(frame: ServerFrame): void {
    if (this.open) this.write(textFrame(JSON.stringify(frame)));
  }

  mark(mark: MarkFrame): void {
    if (this.open) this.write(markFrame(mark));
  }

  /** What is written during the call goes out as one. */
  together(write: () => void): void {
    if (this.gathered) return write();
    const frames: Buffer[] = (this.gathered = []);
    write();
    this.gathered = undefined;
    this.writeAll(frames);
  }

  /** What is to go out with the next segment. */
  owe(owed: 'mark' | 'mark and ping'): void {
    this.owed = owed;
    this.halt();
  }

  ping(): void {
    this.silent = true;
    this.write(PING);
  }

  close(name: CloseName): void {
    if (this.phase === 'closing') return;
    this.leave();
    const { code, reason } = CLOSE[name];
    this.ws.close(code, reason);
  }

  terminate(): void {
    this.leave();
    this.ws.terminate();
  }

  /** It begins to close: nothing else goes out. */
  leave(): void {
    this.phase = 'closing';
    this.halt();
  }

  /** Something stands in the way of the next segment of Everyone: the hub has to look before it writes. */
  halt(): void {
    this.slots?.halt(this.slot);
  }

  private put(frame: Buffer): void {
    if (!this.stream.write(frame)) this.halt();
  }
}
