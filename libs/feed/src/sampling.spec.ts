import { logKey, seedOf, uniform } from './sampling.js';

describe('uniform', () => {
  it('is the same for a position and a secret, and lies between 0 and 1', () => {
    const seed = seedOf('secret');
    expect(uniform(7, seed)).toBe(uniform(7, seedOf('secret')));
    expect(uniform(7, seed)).not.toBe(uniform(7, seedOf('secres')));
    expect(uniform(7, seed)).not.toBe(uniform(7 + 2 ** 32, seed));
    for (const seq of [0, 1, 2 ** 31, 2 ** 32, Number.MAX_SAFE_INTEGER]) {
      expect(uniform(seq, seed)).toBeGreaterThan(0);
      expect(uniform(seq, seed)).toBeLessThan(1);
    }
  });

  it.each(['', 'a', 'secret'])('spreads neighbouring positions evenly, secret "%s"', (secret) => {
    const seed = seedOf(secret);
    const [positions, boxes] = [100_000, 100];
    const counts = new Int32Array(boxes);
    for (let seq = 1; seq <= positions; seq++) counts[Math.floor(uniform(seq, seed) * boxes)]!++;
    const expected = positions / boxes;
    const chiSquare = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    // 99 degrees of freedom: 0.1 % of fair generators lie above 149.
    expect(chiSquare).toBeLessThan(149);
  });
});

describe('logKey', () => {
  it('puts an item first as often as its share of the weights says', () => {
    const seed = seedOf('secret');
    const rounds = 20_000;
    let first = 0;
    for (let round = 0; round < rounds; round++) {
      const [heavy, light] = [logKey(uniform(2 * round, seed), 3), logKey(uniform(2 * round + 1, seed), 1)];
      if (heavy > light) first++;
    }
    expect(first / rounds).toBeCloseTo(0.75, 1);
    expect(Math.abs(first / rounds - 0.75)).toBeLessThan(0.015);
  });
});
