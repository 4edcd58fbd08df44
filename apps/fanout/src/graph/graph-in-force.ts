import type { ChangeRing, GraphChange } from './change-ring.js';
import { pairKey } from './change-ring.js';
import type { LeafIndex } from './leaf-index.js';
import { STRANGERS } from '@groundswell/social';

/**
 * Which graph a room goes by. New friendships come into force with the tick that carries their position, so that every
 * node agrees from which item on they count; what is taken back acts as soon as this node knows of it.
 */
export class GraphInForce {
  private inForce: number;

  constructor(
    private readonly ring: ChangeRing,
    private readonly index: LeafIndex,
  ) {
    this.inForce = ring.completeAfter;
  }

  /** Position of SOCIAL in force. */
  get position(): number {
    return this.inForce;
  }

  /**
   * Changes have been read: removals act now. Gives the position that a tick must bring into force for the sake of a
   * connected member; undefined when none waits.
   */
  received(changes: readonly GraphChange[]): number | undefined {
    let waits: number | undefined;
    for (const { member, other, set, seq } of changes) {
      if (!this.index.has(member)) continue;
      // A tick can be ahead of this node's reading: then nothing has to wait.
      if (set === STRANGERS || seq <= this.inForce) this.index.change(member, other, set);
      else waits = seq;
    }
    if (this.index.size === 0) return waits;
    // What the ring drops before a tick names it would never come into force: a tick is asked for in time, and when
    // none comes, this node goes ahead of it.
    const held = this.ring.countAfter(this.inForce);
    if (held > this.ring.capacity / 2) this.advance(this.ring.position);
    else if (held > this.ring.capacity / 4) return this.ring.position;
    return waits;
  }

  /** A tick brings everything up to `seq` into force. */
  advance(seq: number): void {
    if (seq <= this.inForce) return;
    const takenBack = this.ring.removedAfter(seq);
    for (const { member, other, set } of this.ring.between(this.inForce, seq)) {
      if (!takenBack.has(pairKey(member, other))) this.index.change(member, other, set);
    }
    this.inForce = seq;
  }
}
