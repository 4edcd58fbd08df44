import { DROPPED_AT_ONCE, HELD_ITEMS } from './fence.js';

export interface ServeRangeInput {
  /** Number of the tick to come. */
  n: number;
  /** First segment held by the last tick. */
  serveFrom: number;
  /** Items held now, sealed or not. */
  items: number;
  /** Items that are held now and lie in segments up to and including `n`. */
  itemsUpTo: (n: number) => number;
  /** Most segments held. */
  segments: number;
}

/** First segment that the next tick should hold: the last segments, or 100,000 items, whichever is less. */
export function nextServeFrom({ n, serveFrom, items, itemsUpTo, segments }: ServeRangeInput): number {
  const furthest = Math.min(n, serveFrom + DROPPED_AT_ONCE);
  let from = Math.min(furthest, Math.max(serveFrom, n - segments + 1));
  while (from < furthest && items - itemsUpTo(from - 1) > HELD_ITEMS) from++;
  return from;
}
