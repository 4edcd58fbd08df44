import { eventually } from '@groundswell/testing';
import type { ClockServer } from './clock-server.js';

/** So long everybody may take to be looked at, and so long the clock stands still meanwhile: less than a lease passes in all. */
const CALM_MS = 18_000;
const STANDING_MS = 1_500;
const MINUTE = 60_000;

/**
 * Waits until nobody is due or leased, while minutes pass: plans are made once a minute, and whoever was leased by a clock that
 * is ahead, or whose look lost against another one, waits for the next.
 */
export async function untilCalm(clock: ClockServer, isCalm: (now: number) => Promise<boolean>): Promise<void> {
  let minute = performance.now();
  const look = async (): Promise<boolean> => {
    if (await isCalm(clock.now)) return true;
    const now = performance.now();
    if (now - minute > STANDING_MS) {
      clock.pass(MINUTE);
      minute = now;
    }
    return false;
  };
  await eventually(look, { timeoutMs: CALM_MS, everyMs: 20, message: 'everybody has been looked at' });
}
