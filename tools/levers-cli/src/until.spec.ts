import { localTime, parseUntil } from './until.js';

const NOON = new Date(2027, 0, 31, 12, 0, 30).getTime();

describe('parseUntil', () => {
  it('takes the next time that the clock shows', () => {
    expect(['12:01', '9:30', '12:00', '00:00'].map((text) => localTime(parseUntil(text, NOON)))).toEqual([
      '2027-01-31 12:01:00',
      '2027-02-01 09:30:00',
      '2027-02-01 12:00:00',
      '2027-02-01 00:00:00',
    ]);
  });

  it('takes an ISO time, local or with its zone', () => {
    expect(localTime(parseUntil('2027-01-31T21:30', NOON))).toBe('2027-01-31 21:30:00');
    expect(parseUntil('2027-02-03T21:30:05Z', NOON)).toBe(Date.UTC(2027, 1, 3, 21, 30, 5));
    expect(parseUntil('2027-02-03T21:30+02:00', NOON)).toBe(Date.UTC(2027, 1, 3, 19, 30));
  });

  it.each(['', '24:00', '12:60', '21.30', '9', 'soon', '2027-02-03', '2027-13-03T10:00', '2027-02-03T25:00'])(
    'refuses "%s"',
    (text) => {
      expect(() => parseUntil(text, NOON)).toThrow(`--until must be like 21:30 or 2027-01-31T21:30, not "${text}".`);
    },
  );

  it('refuses what has passed', () => {
    expect(() => parseUntil('2027-01-31T11:59', NOON)).toThrow('has passed: it is 2027-01-31 12:00:30.');
  });
});
