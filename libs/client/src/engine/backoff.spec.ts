import { retryDelay, RETRY_MAX_MS, RETRY_MIN_MS } from './backoff.js';

describe('retryDelay', () => {
  it('W6: stays between 0.5 and 20 seconds for every attempt', () => {
    for (const attempt of [0, 1, 5, 60, 5_000]) {
      expect(retryDelay(attempt, () => 0)).toBe(RETRY_MIN_MS);
      expect(retryDelay(attempt, () => 0.999_999)).toBeLessThanOrEqual(RETRY_MAX_MS);
    }
  });

  it('W6: the ceiling grows with the attempts, the floor does not', () => {
    const ceilings = [0, 1, 2, 3, 4].map((attempt) => retryDelay(attempt, () => 1));
    expect(ceilings).toEqual([2_000, 4_000, 8_000, 16_000, 20_000]);
  });
});
