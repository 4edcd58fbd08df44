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

  /** Changes have been read: removals act now. Tells whether one that waits for a tick concerns a connected member. */
  received(changes: readonly GraphChange[]): boolean {
    let waits = false;
    for (const { member, other, set, seq } of changes) {
      if (!this.index.has(member)) continue;
      // A tick can be ahead of this node's reading: then nothing has to wait.
      if (set === STRANGERS || seq <= this.inForce) this.index.change(member, other, set);
      else waits = true;
    }
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
