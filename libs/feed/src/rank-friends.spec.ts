import fc from 'fast-check';
import { rankFriends, type Standing } from './rank-friends.js';

const TAU = { tauMs: 300_000, size: 30 };

const standing: fc.Arbitrary<Omit<Standing, 'seq'>> = fc.record({
  own: fc.nat(50),
  engagement: fc.nat(100_000),
  at: fc.integer({ min: 1_800_000_000_000, max: 1_800_010_000_000 }),
});

describe('rankFriends', () => {
  it.each([
    ['own comments', { own: 1 }],
    ['engagement', { engagement: 1 }],
    ['youth', { at: 1_000 }],
  ])('puts a story higher for more of one factor: %s', (_, more) => {
    fc.assert(
      fc.property(standing, (base) => {
        const plain = { ...base, seq: 2 };
        const better = Object.entries(more).reduce(
          (story, [key, by]) => ({ ...story, [key]: base[key as 'at'] + by }),
          {
            ...base,
            seq: 1,
          },
        );
        expect(rankFriends([plain, better], TAU)).toEqual([better, plain]);
      }),
    );
  });

  it('gives the same order in whatever order the stories come, the newer of equals first', () => {
    const stories = fc
      .array(fc.record({ own: fc.nat(2), engagement: fc.nat(2), at: fc.nat(2) }), { maxLength: 40 })
      .map((list) => list.map((fields, i) => ({ ...fields, seq: i + 1 })));
    const shuffled = stories.chain((list) =>
      fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length, maxLength: list.length })),
    );
    fc.assert(
      fc.property(shuffled, ([list, other]) => {
        expect(rankFriends(other, TAU)).toEqual(rankFriends(list, TAU));
      }),
    );
    const equal = [1, 2, 3].map((seq) => ({ own: 1, engagement: 1, at: 1, seq }));
    expect(rankFriends(equal, TAU).map(({ seq }) => seq)).toEqual([3, 2, 1]);
  });

  it('weighs a day-old story against the newest without losing it', () => {
    const hours = (count: number, engagement: number) => ({
      own: 0,
      engagement,
      at: -count * 3_600_000,
      seq: count + 1,
    });
    expect(rankFriends([hours(0, 0), hours(23, 5), hours(24, 5)], TAU).map(({ seq }) => seq)).toEqual([1, 24, 25]);
    expect(rankFriends([hours(1, 0), hours(1, 9)], { ...TAU, size: 1 })).toHaveLength(1);
  });
});
