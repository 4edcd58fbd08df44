import fc from 'fast-check';
import { decodePair, encodePair, PairUnreadable } from './pair-codec.js';
import type { ActivePair, Pair } from './pair.js';
import { VALUES } from './values.js';

// Times of this age are written another way than others.
const time = fc.oneof(
  fc.maxSafeInteger(),
  fc.integer({ min: 36 ** 7 - 9, max: 36 ** 8 + 9 }),
  fc.constantFrom(36 ** 7 - 1, 36 ** 7, 36 ** 8 - 1, 36 ** 8),
);
const value = fc.constantFrom(...VALUES);
const known = fc.record({
  value,
  version: fc.nat(1000),
  baselineAt: time,
  reference: value,
  told: fc.nat(100_000),
  changes: fc.nat(2 ** 21 - 1),
});
const to = fc.record({ value, since: time, seenAt: time });
const state = <S extends Pair['state']>(name: S): fc.Arbitrary<S> => fc.constant(name);
const active: fc.Arbitrary<ActivePair> = fc.oneof(
  fc.record({ state: state('new') }),
  fc.record({ state: state('stable'), seenAt: time, known }),
  fc.record({ state: state('confirming'), seenAt: time, known, to }),
  fc.record({ state: state('settling'), seenAt: time, known, to, until: time }),
  fc.record({ state: state('flapping'), seenAt: time, known, last: value }),
  fc.record({ state: fc.constantFrom('hidden', 'unknown', 'gone'), seenAt: time }),
);
const pair: fc.Arbitrary<Pair> = fc.oneof(
  active,
  fc.record({ state: state('auth_paused'), seenAt: time, paused: active }),
);

describe('pairs as text', () => {
  it('come back as they were', () => {
    fc.assert(fc.property(pair, (one) => expect(decodePair(encodePair(one))).toEqual(one)));
  });

  it('hold numbers in base 36', () => {
    fc.assert(
      fc.property(time, (seenAt) => {
        expect(encodePair({ state: 'hidden', seenAt })).toBe(`h${seenAt.toString(36)}`);
      }),
    );
  });

  it('are short enough for the compact form of a hash in Redis', () => {
    const now = Date.UTC(2030, 0, 1);
    const sighting = { value: 'follows_not' as const, since: now, seenAt: now };
    const knew = {
      value: 'follows' as const,
      version: 20,
      baselineAt: now,
      reference: 'single' as const,
      told: 99,
      changes: 2 ** 21 - 1,
    };
    const longest = encodePair({ state: 'settling', seenAt: now, known: knew, to: sighting, until: now });
    expect(longest.length).toBeLessThanOrEqual(64);
    expect(encodePair({ state: 'stable', seenAt: now, known: knew })).toBe('so5uatc00,c,k,o5uatc00,1,2r,18y67');
  });

  it.each(['', 'x', 'n1', 's', 's1,2', 'h', 'hÿ', 's1,z,1,1,1,1,1', 's1,1,1,1,1,1,1,1', 'a1', 'a1:', 'a1:a1:n', 'h1 '])(
    'are refused as "%s"',
    (text) => {
      expect(() => decodePair(text)).toThrow(PairUnreadable);
    },
  );
});
