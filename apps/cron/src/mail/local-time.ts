import { LRUCache } from 'lru-cache';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** What a clock on the wall of a time zone shows: its date and time as if they were UTC, Unix milliseconds. */
type Wall = number;

/** Names come from members, in any case of letters: how many are kept is bounded. */
const formats = new LRUCache<string, Intl.DateTimeFormat>({ max: 1_000 });

/** Hour on the wall, 0 to 23. A zone that is not known is UTC. */
export function localHour(at: number, zone: string): number {
  return hourOf(wallAt(at, zone));
}

/**
 * The first moment from `at` on at which it is a given hour sharp in a zone. An hour that a day lacks is when the clock has
 * jumped over it; one that a day has twice is the first of the two.
 */
export function nextLocalHour(at: number, hour: number, zone: string): number {
  const midnight = Math.floor(wallAt(at, zone) / DAY) * DAY;
  for (let day = 0; ; day++) {
    const moment = momentOf(midnight + day * DAY + hour * HOUR, zone);
    if (moment >= at) return moment;
  }
}

/** `12 March 2030`, as the date is in a zone. */
export function localDate(at: number, zone: string): string {
  const format = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
  return format.format(wallAt(at, zone));
}

/** Clocks are put forward or back once in two days at most, so one of the two offsets is right, or both miss a gap. */
function momentOf(wall: Wall, zone: string): number {
  const before = wall - offsetAt(wall - DAY, zone);
  const after = wall - offsetAt(wall + DAY, zone);
  const right = [Math.min(before, after), Math.max(before, after)].find((moment) => wallAt(moment, zone) === wall);
  if (right !== undefined) return right;
  const jump = jumpOver(wall, after, before, zone);
  // Chatham's clocks jump from 2:45 to 3:45: three o'clock is left out, but not the whole of the hour.
  return hourOf(wallAt(jump, zone)) === hourOf(wall) ? jump : before;
}

/** The first moment at which a clock is beyond a time that it leaves out; it is before that time at `from`, and not at `to`. */
function jumpOver(wall: Wall, from: number, to: number, zone: string): number {
  let [before, after] = [from, to];
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (wallAt(middle, zone) < wall) before = middle;
    else after = middle;
  }
  return after;
}

function hourOf(wall: Wall): number {
  return new Date(wall).getUTCHours();
}

function offsetAt(at: number, zone: string): number {
  return wallAt(at, zone) - at;
}

function wallAt(at: number, zone: string): Wall {
  const parts: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {};
  for (const { type, value } of formatOf(zone).formatToParts(at)) parts[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  const ms = ((at % 1_000) + 1_000) % 1_000;
  return Date.UTC(year, month - 1, day, hour, minute, second, ms);
}

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const format = formatFor(zone) ?? formatFor('UTC')!;
  formats.set(zone, format);
  return format;
}

function formatFor(timeZone: string): Intl.DateTimeFormat | undefined {
  const numbers = { year: 'numeric', month: 'numeric', day: 'numeric' } as const;
  const times = { hour: 'numeric', minute: 'numeric', second: 'numeric', hourCycle: 'h23' } as const;
  try {
    return new Intl.DateTimeFormat('en-GB', { ...numbers, ...times, timeZone, calendar: 'gregory' });
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
