import { USUAL_LETTERS, type LetterSettings } from '@groundswell/protocol';
import fc from 'fast-check';
import { isQuiet, letterTime, outOfQuiet } from './letter-time.js';
import { localDate, localHour, nextLocalHour } from './local-time.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const at = (iso: string): number => Date.parse(iso);
const iso = (time: number | undefined): string | undefined =>
  time === undefined ? undefined : new Date(time).toISOString().replace(':00.000Z', 'Z');

/** With what zones do: whole, half and quarter hours, by half an hour, at midnight, on the other side of the date line. */
const ZONES = [
  'UTC',
  'Europe/Berlin',
  'Europe/London',
  'America/New_York',
  'America/St_Johns',
  'America/Santiago',
  'America/Havana',
  'Africa/Cairo',
  'Africa/Casablanca',
  'Asia/Kathmandu',
  'Asia/Kolkata',
  'Asia/Beirut',
  'Australia/Lord_Howe',
  'Pacific/Chatham',
  'Pacific/Apia',
  'Pacific/Kiritimati',
  'Pacific/Honolulu',
];

const zone = fc.constantFrom(...ZONES);
const time = fc.integer({ min: at('2005-01-01T00:00Z'), max: at('2035-12-31T00:00Z') });
const hour = fc.integer({ min: 0, max: 23 });
const hours = fc.record({ timeZone: zone, quiet: fc.record({ from: hour, to: hour }) });

/** The slow way: every quarter of an hour is looked at. */
function slowly(from: number, holds: (moment: number) => boolean): number {
  const quarter = 15 * MINUTE;
  for (let moment = Math.ceil(from / quarter) * quarter; ; moment += quarter) if (holds(moment)) return moment;
}

describe('nextLocalHour', () => {
  it.each([
    // [zone, from, hour, next]
    ['Europe/Berlin', '2030-01-10T08:00Z', 9, '2030-01-10T08:00Z'],
    ['Europe/Berlin', '2030-01-10T08:01Z', 9, '2030-01-11T08:00Z'],
    ['Europe/Berlin', '2030-07-10T00:00Z', 9, '2030-07-10T07:00Z'],
    // Clocks go forward on 31 March at 2:00: there is no such hour, and it is 3:00 at once.
    ['Europe/Berlin', '2030-03-30T12:00Z', 2, '2030-03-31T01:00Z'],
    ['Europe/Berlin', '2030-03-30T12:00Z', 9, '2030-03-31T07:00Z'],
    // Clocks go back on 27 October at 3:00: it is 2:00 twice, and the first one counts.
    ['Europe/Berlin', '2030-10-26T12:00Z', 2, '2030-10-27T00:00Z'],
    ['Europe/Berlin', '2030-10-27T00:30Z', 2, '2030-10-28T01:00Z'],
    ['Europe/Berlin', '2030-10-26T12:00Z', 9, '2030-10-27T08:00Z'],
    ['America/New_York', '2030-03-10T00:00Z', 9, '2030-03-10T13:00Z'],
    ['America/St_Johns', '2030-07-01T00:00Z', 9, '2030-07-01T11:30Z'],
    // By half an hour.
    ['Australia/Lord_Howe', '2030-10-05T12:00Z', 2, '2030-10-05T15:30Z'],
    // At a quarter to three, to a quarter to four: what is left of the hour counts.
    ['Pacific/Chatham', '2005-10-01T00:00Z', 3, '2005-10-01T14:00Z'],
    ['Pacific/Chatham', '2005-10-01T00:00Z', 2, '2005-10-01T13:15Z'],
    // A whole day was left out.
    ['Pacific/Apia', '2011-12-30T00:00Z', 9, '2011-12-30T19:00Z'],
    ['Pacific/Kiritimati', '2030-01-01T00:00Z', 9, '2030-01-01T19:00Z'],
    ['No/Such_Zone', '2030-01-01T00:00Z', 9, '2030-01-01T09:00Z'],
  ])('in %s from %s on, %d:00 is at %s', (name, from, wanted, next) => {
    expect(iso(nextLocalHour(at(from), wanted, name))).toBe(next);
  });

  it('is the first such hour, or the jump over it, within two days', () => {
    fc.assert(
      fc.property(time, hour, zone, (from, wanted, name) => {
        const next = nextLocalHour(from, wanted, name);
        expect(next).toBeGreaterThanOrEqual(from);
        expect(next - from).toBeLessThanOrEqual(2 * DAY);
        const isSharp = (moment: number): boolean =>
          localHour(moment, name) === wanted && localHour(moment - 1, name) !== wanted;
        // A jump over it is at most an hour, but for the day that Apia left out.
        expect([wanted, (wanted + 1) % 24]).toContain(localHour(next, name));
        const slow = slowly(from, isSharp);
        // Looked at slowly, a jump is not seen, and the day after is found.
        expect(next).toBeLessThanOrEqual(slow);
        expect(localHour(next, name) === wanted ? next : slow).toBe(slow);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('outOfQuiet', () => {
  it('is the first moment that is not quiet', () => {
    fc.assert(
      fc.property(time, hours, (from, quiet) => {
        const moment = outOfQuiet(from, quiet);
        expect(isQuiet(moment, quiet)).toBe(false);
        expect(moment === from || slowly(from, (one) => !isQuiet(one, quiet)) === moment).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  it('is the day after where the one hour that is not quiet is jumped over', () => {
    const quiet = { timeZone: 'Europe/Berlin', quiet: { from: 3, to: 2 } };
    expect(iso(outOfQuiet(at('2030-03-31T00:30Z'), quiet))).toBe('2030-04-01T00:00Z');
  });

  it('is what is left of the one hour that is not quiet', () => {
    const quiet = { timeZone: 'Pacific/Chatham', quiet: { from: 4, to: 3 } };
    expect(iso(outOfQuiet(at('2005-09-30T15:15Z'), quiet))).toBe('2005-10-01T14:00Z');
  });

  it('is now where the same hour twice says that there is no such time', () => {
    const quiet = { timeZone: 'UTC', quiet: { from: 7, to: 7 } };
    expect(outOfQuiet(at('2030-01-01T07:30Z'), quiet)).toBe(at('2030-01-01T07:30Z'));
  });
});

describe('letterTime', () => {
  const own = (from: string) => ({ provider: 'own', from: at(from) });
  const remote = (from: string) => ({ provider: 'bluesky', from: at(from) });
  const berlin = (more: Partial<LetterSettings> = {}): LetterSettings => ({
    ...USUAL_LETTERS,
    timeZone: 'Europe/Berlin',
    ...more,
  });

  it.each([
    ['the next morning', own('2030-01-10T12:00Z'), berlin(), '2030-01-10T12:00Z', '2030-01-11T08:00Z'],
    ['once it is morning', own('2030-01-10T12:00Z'), berlin(), '2030-01-11T08:00Z', '2030-01-11T08:00Z'],
    [
      'later on when the morning was missed',
      own('2030-01-10T12:00Z'),
      berlin(),
      '2030-01-11T14:00Z',
      '2030-01-11T14:00Z',
    ],
    ['not in the night that follows', own('2030-01-10T12:00Z'), berlin(), '2030-01-12T01:00Z', '2030-01-12T07:00Z'],
    [
      'at nine UTC when nothing was said',
      own('2030-01-10T12:00Z'),
      USUAL_LETTERS,
      '2030-01-10T12:00Z',
      '2030-01-11T09:00Z',
    ],
    ['at once', own('2030-01-10T12:00Z'), berlin({ rhythm: 'soon' }), '2030-01-10T12:01Z', '2030-01-10T12:01Z'],
    ['after the night', own('2030-01-10T21:30Z'), berlin({ rhythm: 'soon' }), '2030-01-10T21:30Z', '2030-01-11T07:00Z'],
    [
      'daily of another network',
      remote('2030-01-10T12:00Z'),
      berlin({ rhythm: 'soon' }),
      '2030-01-10T12:00Z',
      '2030-01-11T08:00Z',
    ],
    [
      'after the night even if the hour is in it',
      own('2030-01-10T12:00Z'),
      berlin({ hour: 3 }),
      '2030-01-10T12:00Z',
      '2030-01-11T07:00Z',
    ],
    ['never', own('2030-01-10T12:00Z'), berlin({ rhythm: 'never' }), '2030-01-10T12:00Z', undefined],
  ])('is %s', (_, notice, settings, now, expected) => {
    expect(iso(letterTime(notice, settings, at(now)))).toBe(expected);
  });

  it('is never in quiet hours nor in the past, and once it has come it is now', () => {
    const settings = fc.record({
      rhythm: fc.constantFrom('daily' as const, 'soon' as const),
      timeZone: zone,
      hour,
      quiet: fc.record({ from: hour, to: hour }),
    });
    const provider = fc.constantFrom('own', 'mastodon');
    fc.assert(
      fc.property(time, fc.integer({ min: 0, max: 3 * DAY }), settings, provider, (from, passed, letters, name) => {
        const notice = { provider: name, from };
        const now = from + passed;
        const then = letterTime(notice, letters, now)!;
        expect(then).toBeGreaterThanOrEqual(now);
        expect(isQuiet(then, letters)).toBe(false);
        expect(letterTime(notice, letters, then)).toBe(then);
      }),
      { numRuns: 2_000 },
    );
  });
});

it('dates are those of the zone', () => {
  expect(localDate(at('2030-03-12T23:30Z'), 'Europe/Berlin')).toBe('13 March 2030');
  expect(localDate(at('2030-03-12T23:30Z'), 'Pacific/Honolulu')).toBe('12 March 2030');
});
