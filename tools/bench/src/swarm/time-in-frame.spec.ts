import { timeIn } from './time-in-frame.js';

const HEAD = '{"t":"seg","at":1700000000123,"ops":[{"id":"a","at":1700000000100,"author"';

describe('timeIn', () => {
  it('finds the time of the tick and that of the first status', () => {
    expect(timeIn(HEAD, 'first')).toBe(1_700_000_000_123);
    expect(timeIn(HEAD, 'second')).toBe(1_700_000_000_100);
  });

  it('finds nothing where there is none, or none is wanted', () => {
    expect(timeIn('{"t":"seg"}', 'first')).toBeUndefined();
    expect(timeIn('{"at":1}', 'second')).toBeUndefined();
    expect(timeIn('{"at":"x"}', 'first')).toBeUndefined();
    expect(timeIn(HEAD, 'nothing')).toBeUndefined();
  });
});
