import { tickDueIn } from './due.js';

describe('tickDueIn', () => {
  it('is never while nothing waits', () => {
    expect(tickDueIn({ waiting: false, sinceLastMs: Infinity, segmentMs: 1000 })).toBeUndefined();
  });

  it('is at once after a quiet time, and for the first tick', () => {
    expect(tickDueIn({ waiting: true, sinceLastMs: 1000, segmentMs: 1000 })).toBe(0);
    expect(tickDueIn({ waiting: true, sinceLastMs: Infinity, segmentMs: 1000 })).toBe(0);
  });

  it('waits for the rest of the segment when the last tick is younger', () => {
    expect(tickDueIn({ waiting: true, sinceLastMs: 300, segmentMs: 1000 })).toBe(700);
  });
});
