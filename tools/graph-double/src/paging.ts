/** Items from a cursor on, which is the place of the next one. `size` undefined: all at once. */
export function pageOf<T>(
  items: readonly T[],
  { cursor, size = items.length }: { cursor: string | null; size?: number },
): { items: T[]; next?: string } {
  const from = Number(cursor ?? 0);
  const to = from + size;
  return { items: items.slice(from, to), ...(to < items.length ? { next: String(to) } : {}) };
}

/**
 * Those after a place. `isFull` says that there may be more, as servers find out who do not look one further: the page
 * after a full one can be empty.
 */
export function pageAfter<T extends { place: number }>(
  items: readonly T[],
  { after, size }: { after: number; size: number },
): { items: T[]; isFull: boolean } {
  const page = items.filter(({ place }) => place > after).slice(0, size);
  return { items: page, isFull: size > 0 && page.length === size };
}

/** How many to a page: what was asked for, unless the settings say less. */
export function pageSize(asked: number, setting: number | undefined): number {
  return Math.min(asked, setting ?? asked);
}
