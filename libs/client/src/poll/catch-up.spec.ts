import fc from 'fast-check';
import { needsSnapshot, pagesOf } from './catch-up.js';

describe('catching up', () => {
  it('H2: takes the fewest aligned pages', () => {
    expect(pagesOf(6, 18)).toEqual([
      { t: 'seg', n: 6 },
      { t: 'seg', n: 7 },
      { t: 'seg', n: 8 },
      { t: 'roll', k: 1, size: 8 },
      { t: 'seg', n: 17 },
      { t: 'seg', n: 18 },
    ]);
    expect(pagesOf(65, 128)).toEqual([{ t: 'roll', k: 1, size: 64 }]);
    expect(pagesOf(5, 4)).toEqual([]);
  });

  it('H3: pages hold each number once, in order, and none beside', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 0, max: 200 }), (from, length) => {
        const numbers = pagesOf(from, from + length - 1).flatMap((page) =>
          page.t === 'seg' ? [page.n] : Array.from({ length: page.size }, (_, i) => page.k * page.size + i + 1),
        );
        expect(numbers).toEqual(Array.from({ length }, (_, i) => from + i));
      }),
    );
  });

  it('H2: starts from a snapshot with nothing held, in a new epoch, and more than 64 behind', () => {
    const head = { epoch: 7, n: 100 };
    expect(needsSnapshot(null, head)).toBe(true);
    expect(needsSnapshot({ epoch: 6, n: 100 }, head)).toBe(true);
    expect(needsSnapshot({ epoch: 7, n: 35 }, head)).toBe(true);
    expect(needsSnapshot({ epoch: 7, n: 36 }, head)).toBe(false);
  });
});
