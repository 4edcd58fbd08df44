import { match, MATCH_S } from './match.js';

const seconds = Array.from({ length: MATCH_S }, (_, second) => second);
const mean = (seed: number) => seconds.reduce((sum, second) => sum + match(seed).rateAt(second), 0) / MATCH_S;

describe('match', () => {
  it('repeats with its seed', () => {
    expect(match(3).moments).toEqual(match(3).moments);
    expect(match(3).moments).not.toEqual(match(4).moments);
  });

  it.each([1, 2, 3, 4, 5])(
    'has one to three statuses a second on average, and bursts of up to ten (seed %d)',
    (seed) => {
      const peak = Math.max(...seconds.map((second) => match(seed).rateAt(second)));
      expect(mean(seed)).toBeGreaterThan(1);
      expect(mean(seed)).toBeLessThan(3);
      expect(peak).toBeGreaterThan(6);
      expect(peak).toBeLessThanOrEqual(10);
    },
  );

  it('begins lively, kicks off twice, and ends', () => {
    const { moments, rateAt, moodAt } = match(6);
    expect(rateAt(0)).toBeGreaterThan(4);
    expect(moments.filter(({ mood }) => mood === 'kickoff')).toHaveLength(2);
    expect(moments.at(-1)).toMatchObject({ mood: 'end', minute: 90 });
    expect([moodAt(0).mood, moodAt(11).mood, moodAt(315).mood, moodAt(MATCH_S - 1).mood]).toEqual([
      'before',
      'kickoff',
      'break',
      'end',
    ]);
    expect(moments.map(({ at }) => at)).toEqual(moments.map(({ at }) => at).toSorted((a, b) => a - b));
  });
});
