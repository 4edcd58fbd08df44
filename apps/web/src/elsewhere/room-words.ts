import { CHOSEN_MAX } from '@groundswell/protocol';

interface Room {
  /** How many more can be chosen now; below 0, so many too many are. */
  room: number;
  /** How many more can be watched in all. */
  left: number;
  most: number;
}

/** Says how many can still be chosen, and why not more. */
export function roomWords({ room, left, most }: Room): string {
  if (left === 0) return `You watch ${most} members and accounts, which is the most. Stop watching somebody first.`;
  if (room < 0) return `That is ${-room} too many.`;
  if (room > 0) return `You may choose ${room} more.`;
  return left > CHOSEN_MAX ? `${CHOSEN_MAX} are chosen at a time: watch these first.` : 'You may choose nobody more.';
}
