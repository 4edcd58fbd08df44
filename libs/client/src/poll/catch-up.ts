/** Segments that a client may be behind and still fetch them all; further behind it starts from a snapshot (H2). */
export const MAX_BEHIND = 64;

/** Segment n, or group k of a size: segments k × size + 1 to (k + 1) × size. */
export type PageAddress = { t: 'seg'; n: number } | { t: 'roll'; k: number; size: 8 | 64 };

/** Where to start: from what is held, or from the newest snapshot. */
export function needsSnapshot(held: { epoch: number; n: number } | null, head: { epoch: number; n: number }): boolean {
  return !held || held.epoch < head.epoch || head.n - held.n > MAX_BEHIND;
}

/** The fewest pages that hold the segments `from` to `to` and no other: whole aligned groups, then single ones. */
export function pagesOf(from: number, to: number): PageAddress[] {
  const pages: PageAddress[] = [];
  for (let n = from; n <= to;) {
    const size = groupAt(n, to);
    if (size) pages.push({ t: 'roll', k: (n - 1) / size, size });
    else pages.push({ t: 'seg', n });
    n += size ?? 1;
  }
  return pages;
}

function groupAt(n: number, to: number): 8 | 64 | undefined {
  return ([64, 8] as const).find((size) => (n - 1) % size === 0 && n + size - 1 <= to);
}
