/**
 * What a member's side says of another member. Each member has a side of their own towards the other, so that the two can
 * live in different partitions and neither side needs the other to be read.
 */

/** Bits, as named below. */
export type Side = number;

export const STRANGERS: Side = 0;
/** The member said yes; the other did; a friendship stands when both have. */
export const ASKED: Side = 1;
export const WAITING: Side = 2;
export const FRIENDS: Side = 3;
/** The member blocks the other; is blocked by the other. */
export const BLOCKS: Side = 4;
export const BLOCKED: Side = 8;
/** The member mutes the other, who does not learn of it: the other's side has no bit for it. */
export const MUTES: Side = 16;

const BARRED = BLOCKS | BLOCKED;
const SHUNNED = BARRED | MUTES;

/** What a message does to one member's side: bits to clear, then bits to set. */
export interface SideChange {
  member: string;
  other: string;
  clear: Side;
  set: Side;
}

/**
 * The side after a change. Nobody is asked across a block, in either direction: it has to be lifted first. Applying a
 * change twice is applying it once.
 */
export function applySide(side: Side, { clear, set }: Pick<SideChange, 'clear' | 'set'>): Side {
  const left = side & ~clear;
  return left | ((left & BARRED) === 0 ? set : set & ~FRIENDS);
}

/** Whether a friendship stands. */
export function isFriend(side: Side): boolean {
  return (side & FRIENDS) === FRIENDS;
}

/** Whether there is a block between the two, whoever set it. */
export function isBarred(side: Side): boolean {
  return (side & BARRED) !== 0;
}

/** Whether what the other writes is kept from the member: a block in either direction, or a mute. */
export function shuns(side: Side): boolean {
  return (side & SHUNNED) !== 0;
}

/** Whether what the other writes is in the member's Friends. */
export function follows(side: Side): boolean {
  return isFriend(side) && !shuns(side);
}

/** Whether a change can take something out of the member's sight: such a change must act as soon as it is known. */
export function takesAway({ clear, set }: Pick<SideChange, 'clear' | 'set'>): boolean {
  return (clear & FRIENDS) !== 0 || (set & SHUNNED) !== 0;
}
