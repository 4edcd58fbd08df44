import type { Connection } from './connection.js';

const FIRST_CAPACITY = 64;

/**
 * What Everyone keeps of each viewer: a place in arrays that lie side by side, without gaps. The last viewer moves into
 * the place of one that leaves.
 */
export class EveryoneSlots {
  count = 0;
  readonly connections: Connection[] = [];
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
    this.connections[slot] = connection;
    this.cursors[slot] = 0;
    this.sent[slot] = 0;
    this.shown[slot] = 1;
  }

  remove(connection: Connection): void {
    const { slot } = connection;
    if (slot < 0) return;
    connection.slot = -1;
    const last = this.connections.pop()!;
    this.count--;
    if (last === connection) return;
    const from = last.slot;
    last.slot = slot;
    this.connections[slot] = last;
    this.cursors[slot] = this.cursors[from]!;
    this.sent[slot] = this.sent[from]!;
    this.shown[slot] = this.shown[from]!;
  }

  private grow(): void {
    const { cursors, sent, shown } = this;
    const capacity = cursors.length * 2;
    this.cursors = new Float64Array(capacity);
    this.cursors.set(cursors);
    this.sent = new Uint32Array(capacity);
    this.sent.set(sent);
    this.shown = new Uint8Array(capacity);
    this.shown.set(shown);
  }
}
