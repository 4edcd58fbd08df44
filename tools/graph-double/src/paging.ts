/** Items from a cursor on, which is the place of the next one. `size` undefined: all at once. */
export function pageOf<T>(
  items: readonly T[],
  { cursor, size = items.length }: { cursor: string | null; size?: number },
): { items: T[]; next?: string } {
  const from = Number(cursor ?? 0);
  const to = from + size;
  return { items: items.slice(from, to), ...(to < items.length ? { next: String(to) } : {}) };
}
