import { timeAgo } from './relative-time.js';

describe('timeAgo', () => {
  const now = Date.UTC(2026, 5, 1, 12);

  it.each([
    [-5, 'now'],
    [9, 'now'],
    [47, '40 s'],
    [119, '1 min'],
    [3_599, '59 min'],
    [7_300, '2 h'],
  ])('%d seconds ago is "%s"', (seconds, words) => {
    expect(timeAgo(now - seconds * 1_000, now)).toBe(words);
  });

  it('gives the date of what is older than a day', () => {
    expect(timeAgo(now - 3 * 86_400_000, now)).toMatch(/29/);
  });
});
