/** Shortest and longest wait before a reconnect, milliseconds. */
export const RETRY_MIN_MS = 500;
export const RETRY_MAX_MS = 20_000;

/** Where the growing ceiling starts: wide enough that the sockets of a node that died do not return in one second. */
const FIRST_CEILING_MS = 2_000;

/**
 * Full jitter: anywhere between the shortest wait and a ceiling that doubles with each failed attempt.
 * `attempt` counts from 0; `random` gives 0 ≤ x < 1. Milliseconds.
 */
export function retryDelay(attempt: number, random: () => number): number {
  const ceiling = Math.min(RETRY_MAX_MS, FIRST_CEILING_MS * 2 ** Math.min(attempt, 10));
  return Math.round(RETRY_MIN_MS + random() * (ceiling - RETRY_MIN_MS));
}
