import { applySide, takesAway, type Side } from '@groundswell/social';
import type { ChangeRing, GraphChange } from './change-ring.js';
import type { LeafIndex } from './leaf-index.js';
import type { Recipient } from './recipient.js';

/** A member's sides as they were read, and the position in SOCIAL that they hold everything up to. */
export interface ReadSides {
  sides: ReadonlyMap<string, Side>;
  asOf: number;
}

/**
 * Which graph a room goes by. What adds to a member's sight comes into force with the tick that carries its position, so
 * that every node agrees from which item on it counts; what takes away acts as soon as this node knows of it.
 */
export class GraphInForce {
  private inForce: number;
  /** Members whose sides were read ahead of the tick: what they hold already is not applied again. */
  private readonly ahead = new Map<string, number>();

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

  /** A recipient for a member comes; the sides count only with the member's first one. */
  admit(member: string, recipient: Recipient, { sides, asOf }: ReadSides): void {
    const isFirst = !this.index.has(member);
    this.index.add(member, recipient, sides);
    if (!isFirst) return;
    if (asOf > this.inForce) this.ahead.set(member, asOf);
    else this.ahead.delete(member);
    for (const change of this.ring.between(this.inForce, this.ring.position)) {
      if (change.member === member) this.cover(change);
    }
    // Who comes is told everything as it is now.
    this.index.shunChanges.forget(member);
  }

  /**
   * Changes have been read: what takes away acts now. Gives the position that a tick must bring into force for the sake of
   * a connected member; undefined when none waits.
   */
  received(changes: readonly GraphChange[]): number | undefined {
    let waits: number | undefined;
    for (const change of changes) {
      if (!this.index.has(change.member)) continue;
      // A tick can be ahead of this node's reading: then nothing has to wait.
      if (change.seq <= this.inForce) this.apply([change]);
      else if (takesAway(change)) this.cover(change);
      else waits = change.seq;
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
    const changes = [...this.ring.between(this.inForce, seq)];
    this.inForce = seq;
    this.apply(changes);
    for (const [member, asOf] of this.ahead) {
      if (asOf <= seq || !this.index.has(member)) this.ahead.delete(member);
    }
  }

  /**
   * Applies changes that are in force, then takes away again what those that are not take. What was taken ahead of its time
   * does no harm to what comes before it: it will be taken then, and what it made void would have been taken with it.
   */
  private apply(changes: readonly GraphChange[]): void {
    for (const change of changes) {
      const { member, other } = change;
      if (!this.index.has(member) || this.isKnown(change)) continue;
      this.index.set(member, other, applySide(this.index.side(member, other), change));
    }
    for (const change of this.ring.between(this.inForce, this.ring.position)) {
      if (this.index.has(change.member)) this.cover(change);
    }
  }

  /** Takes away what a change takes that is not in force yet. */
  private cover(change: GraphChange): void {
    if (!takesAway(change) || this.isKnown(change)) return;
    const { member, other, clear, set } = change;
    this.index.set(member, other, (this.index.side(member, other) & ~clear) | set);
  }

  /** Whether the member's sides held a change already when they were read. */
  private isKnown({ member, seq }: GraphChange): boolean {
    return seq <= (this.ahead.get(member) ?? 0);
  }
}
