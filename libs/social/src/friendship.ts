/**
 * A friendship is two half-edges: what a member said of another, and what the other said back. It stands when both
 * halves do. Each member's side is kept apart (`Side` of `member` towards `other`), so that two members can live in
 * different partitions and neither side needs the other to be read.
 */

/** Bits of one member's side: 1 = the member said yes, 2 = the other did, 3 = friends. */
export type Side = 0 | 1 | 2 | 3;

export const STRANGERS: Side = 0;
export const ASKED: Side = 1;
export const WAITING: Side = 2;
export const FRIENDS: Side = 3;

/** What a message does to one member's side: bits to set, or 0 to clear them all. */
export interface SideChange {
  member: string;
  other: string;
  set: Side;
}

/** The fields of a friendship message that matter here; see `FriendshipMessage` in contracts. */
export interface FriendshipCommand {
  edges: readonly (readonly [by: string, to: string])[];
  on: boolean;
  mutual: boolean;
}

/** The changes of a message, two for each pair, in order. */
export function sideChanges({ edges, on, mutual }: FriendshipCommand): SideChange[] {
  const changes: SideChange[] = [];
  for (const [by, to] of edges) {
    changes.push({ member: by, other: to, set: on ? (mutual ? FRIENDS : ASKED) : STRANGERS });
    changes.push({ member: to, other: by, set: on ? (mutual ? FRIENDS : WAITING) : STRANGERS });
  }
  return changes;
}

/** The side after a change: set bits add up, clearing clears both. Applying a change twice is applying it once. */
export function applySide(side: Side, set: Side): Side {
  return set === STRANGERS ? STRANGERS : ((side | set) as Side);
}
