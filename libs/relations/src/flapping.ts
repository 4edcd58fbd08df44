/**
 * Whether a value changes all the time, from its last 21 checks; two thresholds, so that it does not flap between flapping
 * and calm. The window and the upper threshold are those of Nagios ("Detection and Handling of State Flapping").
 */
const CHECKS = 21;
const FLAPS_FROM = 0.3;
const CALM_BELOW = 0.1;
const MASK = 2 ** CHECKS - 1;

/** The checks with one more, the oldest left out. */
export function withCheck(changes: number, changed: boolean): number {
  return ((changes << 1) | (changed ? 1 : 0)) & MASK;
}

export function flaps(changes: number): boolean {
  return shareOf(changes) >= FLAPS_FROM;
}

export function isCalm(changes: number): boolean {
  return shareOf(changes) < CALM_BELOW;
}

function shareOf(changes: number): number {
  let count = 0;
  for (let rest = changes; rest !== 0; rest &= rest - 1) count++;
  return count / CHECKS;
}
