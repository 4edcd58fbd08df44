import { FRIENDS, STRANGERS, WAITING, ASKED, applySide, type Side } from '@groundswell/social';
import type { ChangeRing } from './change-ring.js';
import type { Sides } from './leaf-index.js';

/** A member's graph as the store holds it, with the checkpoint it was read at. */
export interface StoredGraph extends Sides {
  /** Creation of the log and position; undefined when the view holds nothing. */
  checkpoint: { created: number; seq: number } | undefined;
}

export type GraphVerdict =
  | { ready: true; sides: Sides }
  /** `behind`: the view must catch up. `ahead`: a tick must bring the member's newest changes into force. */
  | { ready: false; why: 'behind' | 'ahead' };

export interface ReadInput {
  member: string;
  stored: StoredGraph;
  /** Creation of the SOCIAL log that this node reads. */
  created: number;
  ring: ChangeRing;
  inForce: number;
}

/**
 * Brings a graph read from the store to what is in force: later changes are folded in, and what is not in force yet is
 * waited for. Never a part of a graph: a view that the ring cannot complete is *behind*.
 */
export function graphInForce({ member, stored, created, ring, inForce }: ReadInput): GraphVerdict {
  const { checkpoint } = stored;
  const at = checkpoint?.created === created ? checkpoint.seq : 0;
  if (at < ring.completeAfter) return { ready: false, why: 'behind' };
  const mine = (after: number, upTo: number) =>
    [...ring.between(after, upTo)].filter((change) => change.member === member);
  const waiting = mine(inForce, ring.position);
  const takenBack = new Set(waiting.flatMap(({ other, set }) => (set === STRANGERS ? [other] : [])));
  const friends = new Set(stored.friends);
  // What was asked since makes no friend, and may be known early: else somebody who is asked all the time would wait
  // for ever. Only of a friend can it not be told whether the friendship is older.
  const isAhead = waiting.some(({ seq, other }) => seq <= at && friends.has(other) && !takenBack.has(other));
  if (isAhead) return { ready: false, why: 'ahead' };
  const sides = toMap(stored);
  for (const { other, set } of mine(at, inForce)) sides.set(other, applySide(sides.get(other) ?? STRANGERS, set));
  for (const other of takenBack) sides.delete(other);
  return { ready: true, sides: fromMap(sides) };
}

function toMap({ friends, asked, waiting }: Sides): Map<string, Side> {
  const sides = new Map<string, Side>();
  for (const other of asked) sides.set(other, ASKED);
  for (const other of waiting) sides.set(other, WAITING);
  for (const other of friends) sides.set(other, FRIENDS);
  return sides;
}

function fromMap(sides: Map<string, Side>): Sides {
  const of = (wanted: Side) => [...sides].flatMap(([other, side]) => (side === wanted ? [other] : []));
  return { friends: of(FRIENDS), asked: of(ASKED), waiting: of(WAITING) };
}
