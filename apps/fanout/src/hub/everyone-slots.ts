import type { Socket } from 'node:net';
import type { Connection } from './connection.js';

const FIRST_CAPACITY = 64;

/**
 * What Everyone keeps of each viewer: a place in arrays that lie side by side, without gaps. The last viewer moves into
 * the place of one that leaves.
 */
export class EveryoneSlots {
  count = 0;
  readonly connections: Connection[] = [];
  /** The stream of each, and whether it takes compressed frames: what nearly every write needs, without a look at the rest. */
  readonly streams: Socket[] = [];
  deflates = new Uint8Array(FIRST_CAPACITY);
  /** 1 while nothing stands in the way of the next segment: the tab is shown, the socket takes more, and is owed nothing. */
  free = new Uint8Array(FIRST_CAPACITY);
  /** Last segment sent. A client may name any number up to 2^53. */
  cursors = new Float64Array(FIRST_CAPACITY);
  /** Segments sent since the tab was started. */
  sent = new Uint32Array(FIRST_CAPACITY);
  /** 1 while the tab is shown: only then segments flow. */
  shown = new Uint8Array(FIRST_CAPACITY);

  /** Gives a connection a slot, with the tab shown and nothing sent. */
  add(connection: Connection): void {
    if (this.count === this.cursors.length) this.grow();
    const slot = this.count++;
    connection.slot = slot;
    connection.slots = this;
    this.connections[slot] = connection;
    this.streams[slot] = connection.stream;
    this.deflates[slot] = connection.deflates ? 1 : 0;
    this.free[slot] = 0;
    this.cursors[slot] = 0;
    this.sent[slot] = 0;
    this.shown[slot] = 1;
  }

  remove(connection: Connection): void {
    const { slot } = connection;
    if (slot < 0) return;
    connection.slot = -1;
    connection.slots = undefined;
    const last = this.connections.pop()!;
    const stream = this.streams.pop()!;
    this.count--;
    if (last === connection) return;
    const from = last.slot;
    last.slot = slot;
    this.connections[slot] = last;
    this.streams[slot] = stream;
    this.deflates[slot] = this.deflates[from]!;
    this.free[slot] = this.free[from]!;
    this.cursors[slot] = this.cursors[from]!;
    this.sent[slot] = this.sent[from]!;
    this.shown[slot] = this.shown[from]!;
  }

  /** Something stands in the way of the next segment. */
  halt(slot: number): void {
    this.free[slot] = 0;
  }

  private grow(): void {
    const { cursors, deflates, free, sent, shown } = this;
    const capacity = cursors.length * 2;
    this.cursors = new Float64Array(capacity);
    this.cursors.set(cursors);
    this.sent = new Uint32Array(capacity);
    this.sent.set(sent);
    this.shown = new Uint8Array(capacity);
    this.shown.set(shown);
    this.deflates = new Uint8Array(capacity);
    this.deflates.set(deflates);
    this.free = new Uint8Array(capacity);
    this.free.set(free);
  }
}
