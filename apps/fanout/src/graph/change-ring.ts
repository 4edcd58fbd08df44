import type { SideChange } from '@groundswell/social';

/** A change of one member's side and the position in SOCIAL that made it. */
export interface GraphChange extends SideChange {
  seq: number;
}

/** Changes kept, at most; a reader whose view is older reads again. */
export const RING_CHANGES = 400_000;

/**
 * The newest changes of the graph on a node, in log order: what a view read from the store is brought up to date with,
 * and what ticks bring into force.
 */
export class ChangeRing {
  private changes: GraphChange[] = [];
  private complete: number;
  private end: number;

  /** Complete after position `start`. */
  constructor(
    start: number,
    readonly capacity = RING_CHANGES,
  ) {
    this.complete = start;
    this.end = start;
  }

  /** Position up to which the log has been read. */
  get position(): number {
    return this.end;
  }

  /** All changes above this position are held. */
  get completeAfter(): number {
    return this.complete;
  }

  /** Takes the changes of one message, and gives them with its position. */
  push(seq: number, changes: readonly SideChange[]): readonly GraphChange[] {
    // Spelled out: V8 (of Node 20) gives each object that is made by a spread and one more field a hidden class of its own.
    const placed = changes.map(({ member, other, clear, set }) => ({ member, other, clear, set, seq }));
    for (const change of placed) this.changes.push(change);
    this.end = seq;
    if (this.changes.length > this.capacity) this.cut();
    return placed;
  }

  /** How many changes with positions above `after` are held. */
  countAfter(after: number): number {
    return this.changes.length - this.firstAbove(after);
  }

  /** Changes with positions in (`after`, `upTo`], in log order. */
  *between(after: number, upTo: number): Iterable<GraphChange> {
    for (let i = this.firstAbove(after); i < this.changes.length; i++) {
      const change = this.changes[i]!;
      if (change.seq > upTo) return;
      yield change;
    }
  }

  /** Whole messages only, and rarely: a quarter at a time. */
  private cut(): void {
    this.complete = this.changes[Math.floor(this.changes.length / 4)]!.seq;
    this.changes = this.changes.slice(this.firstAbove(this.complete));
  }

  private firstAbove(seq: number): number {
    let low = 0;
    let high = this.changes.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.changes[middle]!.seq <= seq) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
