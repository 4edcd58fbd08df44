import type { WatchDelay } from '@groundswell/protocol';

const HOUR_MS = 3_600_000;

export const DELAYS_MS: Readonly<Record<WatchDelay, number>> = { none: 0, hour: HOUR_MS, day: 24 * HOUR_MS };

/** The delay that a time in milliseconds stands for. */
export function delayOf(ms = 0): WatchDelay {
  return ms >= DELAYS_MS.day ? 'day' : ms >= DELAYS_MS.hour ? 'hour' : 'none';
}
