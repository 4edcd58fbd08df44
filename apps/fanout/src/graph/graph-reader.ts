import { applySide, follows, STRANGERS, takesAway, type Side } from '@groundswell/social';
import type { ChangeRing, GraphChange } from './change-ring.js';
import type { ReadSides } from './graph-in-force.js';

/** A member's graph as the store holds it, with the checkpoint it was read at. */
export interface StoredGraph {
  /** Creation of the log and position; undefined when the view holds nothing. */
  checkpoint: { created: number; seq: number } | undefined;
  sides: ReadonlyMap<string, Side>;
}

export type GraphVerdict =
  | { ready: true; read: ReadSides }
  /** `behind`: the view must catch up, or this node. `ahead`: a tick must bring the member's newest changes into force. */
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
  // A view may be ahead of this node, too: what it then holds that is in force for nobody yet cannot be told.
  if (at < ring.completeAfter || at > ring.position) return { ready: false, why: 'behind' };
  const mine = (after: number, upTo: number) =>
    [...ring.between(after, upTo)].filter((change) => change.member === member);
  const sides = new Map(at > 0 ? stored.sides : []);
  // What was asked since makes no friend, and may be known early: else somebody who is asked all the time would wait
  // for ever. Only of a friend can it not be told whether the friendship is older.
  const adds = (change: GraphChange): boolean =>
    follows(sides.get(change.other) ?? STRANGERS) || (change.clear !== 0 && !takesAway(change));
  if (mine(inForce, at).some((change) => adds(change))) return { ready: false, why: 'ahead' };
  for (const change of mine(at, inForce)) {
    sides.set(change.other, applySide(sides.get(change.other) ?? STRANGERS, change));
  }
  return { ready: true, read: { sides, asOf: Math.max(at, inForce) } };
}
