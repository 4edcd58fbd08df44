import type { LetterSettings } from '@groundswell/protocol';
import { OWN_NETWORK } from '@groundswell/store';
import { localHour, nextLocalHour } from './local-time.js';

/** Letters to one member in 24 hours. */
export const LETTERS_A_DAY = 3;

type Hours = Pick<LetterSettings, 'quiet' | 'timeZone'>;

/**
 * When a notice that may be told from some time on goes out, now at the earliest, Unix milliseconds; undefined: never. What was
 * seen in another network is told once a day, however soon the member wants to be told of this one.
 */
export function letterTime(
  notice: { provider: string; from: number },
  settings: LetterSettings,
  now: number,
): number | undefined {
  const { rhythm, hour, timeZone } = settings;
  if (rhythm === 'never') return undefined;
  const isSoon = rhythm === 'soon' && notice.provider === OWN_NETWORK;
  const from = isSoon ? notice.from : nextLocalHour(notice.from, hour, timeZone);
  return outOfQuiet(Math.max(now, from), settings);
}

export function isQuiet(at: number, { quiet: { from, to }, timeZone }: Hours): boolean {
  const hour = localHour(at, timeZone);
  return from <= to ? hour >= from && hour < to : hour >= from || hour < to;
}

/** The first moment from `at` on that is in no quiet hour. */
export function outOfQuiet(at: number, hours: Hours): number {
  let moment = at;
  // Once is enough but for a clock that jumps over the one hour that is not quiet.
  while (isQuiet(moment, hours)) moment = nextLocalHour(moment + 1, hours.quiet.to, hours.timeZone);
  return moment;
}
