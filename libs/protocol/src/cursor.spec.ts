import fc from 'fast-check';
import { formatCursor, isOlder, isPosition, parseCursor } from './cursor.js';

describe('N2: cursors', () => {
  it('survive their text form', () => {
    const position = fc.maxSafeNat();
    fc.assert(
      fc.property(position, position, (epoch, n) => {
        expect(parseCursor(formatCursor({ epoch, n }))).toEqual({ epoch, position: n });
        expect(formatCursor({ epoch, seq: n })).toBe(formatCursor({ epoch, n }));
      }),
    );
  });

  it.each(['', '1', '1.', '.1', '-1.2', '1.2.3', '1e3.4', ' 1.2', '9007199254740992.1', '1.99999999999999999'])(
    'are not read from %j',
    (text) => {
      expect(parseCursor(text)).toBeUndefined();
    },
  );

  it('are ordered by epoch first', () => {
    const known = { epoch: 5, position: 10 };
    expect(isOlder({ epoch: 4, position: 99 }, known)).toBe(true);
    expect(isOlder({ epoch: 5, position: 9 }, known)).toBe(true);
    expect(isOlder({ epoch: 5, position: 10 }, known)).toBe(false);
    expect(isOlder({ epoch: 6, position: 0 }, known)).toBe(false);
  });

  it('hold whole numbers below 2^53', () => {
    expect([0, 7, Number.MAX_SAFE_INTEGER].every(isPosition)).toBe(true);
    expect([-1, 0.5, NaN, Infinity, 2 ** 53, '1', null, undefined].some(isPosition)).toBe(false);
  });
});
