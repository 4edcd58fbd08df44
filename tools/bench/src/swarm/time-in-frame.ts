/** Which time a frame's latency counts from: that of its tick (the first in it), or that of its first status. */
export type Since = 'first' | 'second' | 'nothing';

const FIELD = '"at":';

/** Unix milliseconds of the first or second `at` in the beginning of a message; undefined when there is none. */
export function timeIn(head: string, since: Since): number | undefined {
  if (since === 'nothing') return undefined;
  let at = head.indexOf(FIELD);
  if (since === 'second' && at !== -1) at = head.indexOf(FIELD, at + FIELD.length);
  if (at === -1) return undefined;
  const time = Number.parseInt(head.slice(at + FIELD.length, at + FIELD.length + 15), 10);
  return Number.isNaN(time) ? undefined : time;
}
