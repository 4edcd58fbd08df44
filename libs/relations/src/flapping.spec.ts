import { flaps, isCalm, withCheck } from './flapping.js';

const through = (checks: readonly boolean[]): number =>
  checks.reduce((changes, changed) => withCheck(changes, changed), 0);
const times = (count: number, changed: boolean): boolean[] => Array.from({ length: count }, () => changed);

describe('flapping', () => {
  it('begins with the seventh change within 21 checks', () => {
    expect(flaps(through(times(6, true)))).toBe(false);
    expect(flaps(through(times(7, true)))).toBe(true);
    expect(flaps(through([...times(7, true), ...times(14, false)]))).toBe(true);
    expect(flaps(through([...times(7, true), ...times(15, false)]))).toBe(false);
  });

  it('ends when two changes are left', () => {
    const since = (quiet: number): boolean => isCalm(through([...times(7, true), ...times(quiet, false)]));
    expect([since(18), since(19)]).toEqual([false, true]);
  });

  it('forgets what is older than 21 checks', () => {
    expect(through([...times(50, true), ...times(21, false)])).toBe(0);
  });
});
