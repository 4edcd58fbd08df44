import { nextCheckAt } from './next-check.js';
import { NEW_PAIR, type Pair } from './pair.js';

const known = { value: 'single', version: 1, baselineAt: 0, reference: 'single', told: 0, changes: 0 } as const;
const to = { value: 'engaged', since: 1_000, seenAt: 2_000 } as const;
const rules = { confirmMs: 100, settleMs: 50 };

const pairs: [Pair, number][] = [
  [NEW_PAIR, -Infinity],
  [{ state: 'stable', seenAt: 2_000, known }, 12_000],
  [{ state: 'hidden', seenAt: 2_000 }, 12_000],
  [{ state: 'confirming', seenAt: 2_000, known, to }, 2_100],
  [{ state: 'confirming', seenAt: 2_050, known, to }, 2_100],
  [{ state: 'settling', seenAt: 2_000, known, to, until: 9_000 }, 9_000],
  [{ state: 'settling', seenAt: 2_000, known, to, until: 90_000 }, 12_000],
];

describe('nextCheckAt', () => {
  it.each(pairs)('%j is due at %d', (pair, due) => {
    expect(nextCheckAt(pair, 10_000, rules)).toBe(due);
  });
});
