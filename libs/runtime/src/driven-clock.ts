import { get, type IncomingMessage } from 'node:http';
import { createInterface } from 'node:readline';
import type { Clock } from './clock.js';

/** A clock that stands still until whoever drives it says what time it is. Intervals go by the machine's own clock. */
export interface DrivenClock extends Clock {
  stop(): void;
}

/** Nobody drives the clock. */
export class ClockUnreachable extends Error {
  override readonly name = 'ClockUnreachable';
  readonly code = 'clock_unreachable';
  readonly remedy = 'Start what drives the clock, or leave the clock to the machine.';
}

/** Where a clock may be driven from: this machine, without a name or a password. */
export const LOOPBACK_URL = /^http:\/\/(127\.0\.0\.1|localhost|\[::1\])(:\d{1,5})?(\/[^\s#]*)?$/;

const TIME = /^\d{1,15}$/;

/**
 * For tests, so that quarters of an hour pass without waiting, in every process alike. `url` gives a reply without an end: each
 * line is the time from then on, Unix milliseconds. Resolves with the first line. When the reply ends, the time stands
 * still. Throws `ClockUnreachable`, and a `TypeError` for an address that is not of this machine.
 */
export async function driveClock(url: string): Promise<DrivenClock> {
  if (!LOOPBACK_URL.test(url)) throw new TypeError(`A clock is driven over loopback only, not from ${url}`);
  const unreachable = (why: string, cause?: unknown) =>
    new ClockUnreachable(`no clock is driven at ${url}: ${why}`, { cause });
  const reply = await new Promise<IncomingMessage>((resolve, reject) => {
    get(url, { agent: false }, resolve).on('error', (error) => reject(unreachable(error.message, error)));
  });
  const lines = createInterface({ input: reply, crlfDelay: Infinity });
  // The end of the reply is no fault: `lines` closes.
  reply.on('error', () => undefined);
  let now: number | undefined;
  await new Promise<void>((resolve, reject) => {
    lines.on('line', (line) => {
      if (!TIME.test(line)) return;
      now = Number(line);
      resolve();
    });
    lines.on('close', () => reject(unreachable(`status ${reply.statusCode}, and no time`)));
  });
  return { now: () => now!, monotonic: () => performance.now(), stop: () => reply.destroy() };
}
