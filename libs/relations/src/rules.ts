export interface Rules {
  /** Two checks that see a change are so far apart at least, milliseconds. */
  confirmMs: number;
  /** So long a change must have stood since it was first seen before anybody is told, milliseconds. */
  settleMs: number;
}

export const RULES: Readonly<Rules> = { confirmMs: 15 * 60_000, settleMs: 10 * 60_000 };
