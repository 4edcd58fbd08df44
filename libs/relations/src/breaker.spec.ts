import { THRESHOLDS, trips } from './breaker.js';

describe('trips', () => {
  it.each([
    { what: 'watcher', pairs: 14, differing: 14, result: false },
    { what: 'watcher', pairs: 15, differing: 3, result: false },
    { what: 'watcher', pairs: 15, differing: 4, result: true },
    { what: 'provider', pairs: 499, differing: 499, result: false },
    { what: 'provider', pairs: 500, differing: 5, result: false },
    { what: 'provider', pairs: 500, differing: 6, result: true },
  ] as const)('$differing of $pairs pairs of a $what: $result', ({ what, pairs, differing, result }) => {
    expect(trips({ pairs, differing }, THRESHOLDS[what])).toBe(result);
  });
});
