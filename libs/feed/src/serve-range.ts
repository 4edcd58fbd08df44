import { HELD_ITEMS, HELD_SEGMENTS } from './fence.js';

export interface ServeRangeInput {
  /** Number of the tick to come. */
  n: number;
  /** First segment held by the last tick. */
  serveFrom: number;
  /** Items held now, sealed or not. */
  items: number;
  /** Items that are held now and lie in segments up to and including `n`. */
  itemsUpTo: (n: number) => number;
}

/** First segment that the next tick should hold: the last 600 segments or 100,000 items, whichever is less. */
export function nextServeFrom({ n, serveFrom, items, itemsUpTo }: ServeRangeInput): number {
  let from = Math.max(serveFrom, n - HELD_SEGMENTS + 1);
  while (from < n && items - itemsUpTo(from - 1) > HELD_ITEMS) from++;
  return from;
}
