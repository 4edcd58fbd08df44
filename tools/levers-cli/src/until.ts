import { UsageError } from './usage-error.js';

const CLOCK = /^(\d{1,2}):(\d{2})$/;
const ISO = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})?$/;

/**
 * The end of a lease, Unix milliseconds: `21:30`, the next time that the clock here shows it, or an ISO time, which is
 * local without a zone. Throws `UsageError`.
 */
export function parseUntil(text: string, now: number): number {
  const clock = CLOCK.exec(text);
  const until = clock ? nextTime(Number(clock[1]), Number(clock[2]), now) : ISO.test(text) ? Date.parse(text) : NaN;
  if (Number.isNaN(until)) {
    throw new UsageError(`--until must be like 21:30 or 2027-01-31T21:30, not "${text}".`);
  }
  if (until <= now) throw new UsageError(`--until ${text} has passed: it is ${localTime(now)}.`);
  return until;
}

function nextTime(hours: number, minutes: number, now: number): number {
  if (hours > 23 || minutes > 59) return NaN;
  const time = new Date(now);
  time.setHours(hours, minutes, 0, 0);
  if (time.getTime() <= now) time.setDate(time.getDate() + 1);
  return time.getTime();
}

/** As `2027-01-31 21:30:00`, local. */
export function localTime(at: number): string {
  // Swedish dates are written like ISO's.
  return new Date(at).toLocaleString('sv-SE');
}
