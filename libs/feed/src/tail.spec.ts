import fc from 'fast-check';
import { Tail } from './tail.js';

describe('Tail', () => {
  it('holds what a plain list would, however much comes and goes', () => {
    const step = fc.oneof(
      fc.record({ t: fc.constant('push' as const), count: fc.integer({ min: 1, max: 3_000 }) }),
      fc.record({ t: fc.constant('drop' as const), count: fc.nat(3_000) }),
      fc.record({ t: fc.constant('keep' as const), modulo: fc.integer({ min: 2, max: 5 }) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
        const tail = new Tail<number>();
        let plain: number[] = [];
        const gone: number[] = [];
        const lost: number[] = [];
        let next = 0;
        for (const s of steps) {
          if (s.t === 'push') {
            for (let i = 0; i < s.count; i++) {
              tail.push(next);
              plain.push(next++);
            }
          } else if (s.t === 'drop') {
            const count = Math.min(s.count, plain.length);
            tail.drop(count, (item) => gone.push(item));
            lost.push(...plain.slice(0, count));
            plain = plain.slice(count);
          } else {
            const fits = (item: number) => item % s.modulo !== 0;
            tail.keep(fits);
            plain = plain.filter(fits);
          }
          const middle = plain[plain.length >>> 1] ?? 0;
          const index = plain.findIndex((item) => item > middle);
          expect(tail.first((item) => item > middle)).toBe(index === -1 ? plain.length : index);
        }
        expect(gone).toEqual(lost);
        expect(tail.size).toBe(plain.length);
        expect(tail.from(0)).toEqual(plain);
        expect(tail.from(2)).toEqual(plain.slice(2));
        expect(Array.from({ length: tail.size }, (_, i) => tail.at(i))).toEqual(plain);
      }),
    );
  });
});
