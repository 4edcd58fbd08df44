import fc from 'fast-check';
import { encodeAuthors, FilterInvalid, FILTER_AUTHORS_MAX, mayHoldAny } from './author-filter.js';

const member = fc.stringMatching(/^[a-z0-9._-]{1,24}$/);
const names = (prefix: string, count: number): string[] => Array.from({ length: count }, (_, i) => `${prefix}${i}`);

describe('an author filter', () => {
  it('never misses an author, whoever is asked for beside', () => {
    fc.assert(
      fc.property(
        fc.array(member, { minLength: 1 }),
        fc.array(member),
        fc.nat(),
        fc.nat(),
        (authors, others, group, i) => {
          const filter = encodeAuthors(authors, group);
          expect(mayHoldAny(filter, [...others, authors[i % authors.length]!], group)).toBe(true);
        },
      ),
    );
  });

  it('holds nobody when nobody wrote, and is asked for nobody in vain', () => {
    expect(mayHoldAny(encodeAuthors([], 3), names('m', 1_000), 3)).toBe(false);
    expect(mayHoldAny(encodeAuthors(names('m', 10), 3), [], 3)).toBe(false);
  });

  it('mistakes about one stranger in 2^14, others in each group', () => {
    const authors = names('author', 1_000);
    const strangers = names('stranger', 40_000);
    const mistaken = (group: number) => {
      const filter = encodeAuthors(authors, group);
      return strangers.filter((stranger) => mayHoldAny(filter, [stranger], group));
    };
    const [one, other] = [mistaken(1), mistaken(2)];
    // 2.4 are to be expected.
    expect(one.length).toBeLessThan(10);
    expect(one.length + other.length).toBeGreaterThan(0);
    expect(one.filter((stranger) => other.includes(stranger))).toEqual([]);
  });

  it('takes about two bytes an author, and each once', () => {
    const authors = names('author', 1_000);
    const filter = encodeAuthors([...authors, ...authors], 0);
    expect(filter.length).toBeLessThan(2_000);
    expect(filter).toEqual(encodeAuthors(authors.toReversed(), 0));
  });

  it('has the same bytes wherever it is made', () => {
    const hex = [...encodeAuthors(['ada', 'ben', 'cleo'], 7)]
      .map((byte) => byte.toString(16).padStart(2, '0'))
      .join('');
    expect(hex).toBe('000000030353571e3bd8');
  });

  it('says so when it is asked of other bytes, and never runs on', () => {
    const filter = encodeAuthors(names('m', 50), 1);
    const all = names('x', 50);
    expect(() => mayHoldAny(filter.subarray(0, 20), all, 1)).toThrow(FilterInvalid);
    expect(() => mayHoldAny(new Uint8Array(0), all, 1)).toThrow(FilterInvalid);
    expect(() => mayHoldAny(new Uint8Array(1_000).fill(255), all, 1)).toThrow(FilterInvalid);
    expect(() => encodeAuthors(names('m', FILTER_AUTHORS_MAX + 1), 1)).toThrow(RangeError);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        let verdict: unknown;
        try {
          verdict = mayHoldAny(bytes, all, 1);
        } catch (error) {
          verdict = error instanceof FilterInvalid;
        }
        expect(typeof verdict).toBe('boolean');
        expect(verdict === false || verdict === true).toBe(true);
      }),
    );
  });
});
