import type { Entry } from '@groundswell/client';

/** Log position by which an entry has its place in the list. */
export function seqOf(entry: Entry): number {
  return entry.t === 'story' ? entry.add.seq : entry.comment.seq;
}

/**
 * Splits entries (newest first) at the position that was newest when the reader scrolled away, so that the page does
 * not move under the reader. `heldAt` undefined: everything is shown.
 */
export function holdBack(
  entries: readonly Entry[],
  heldAt: number | undefined,
): { shown: readonly Entry[]; waiting: number } {
  if (heldAt === undefined) return { shown: entries, waiting: 0 };
  const first = entries.findIndex((entry) => seqOf(entry) <= heldAt);
  // Nothing of what was read is held any more: there is nothing to keep still.
  if (first === -1) return { shown: entries, waiting: 0 };
  return { shown: first === 0 ? entries : entries.slice(first), waiting: first };
}
