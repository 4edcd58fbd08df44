import fc from 'fast-check';
import { noticeKey } from './notice-key.js';
import type { Observation } from './observation.js';
import { observe, type Step } from './observe.js';
import { decodePair, encodePair } from './pair-codec.js';
import { NEW_PAIR, type Pair } from './pair.js';
import { RULES } from './rules.js';
import { VALUES } from './values.js';

const MINUTE = 60_000;

const value = fc.constantFrom(...VALUES.slice(0, 4));

/** Without authority: what a provider is asked, not told. */
const polled = fc.record(
  {
    kind: fc.constant('value' as const),
    value,
    version: fc.constantFrom(1, 1, 1, 1, 1, 1, 2),
    quiet: fc.constantFrom(false, false, true),
  },
  { requiredKeys: ['kind', 'value', 'version'] },
);

const none = fc.record({ kind: fc.constantFrom('hidden', 'unknown', 'gone', 'unauthorised') });

/** Looks in the order of their times. */
const looks = fc
  .array(fc.tuple(fc.oneof({ weight: 9, arbitrary: polled }, { weight: 1, arbitrary: none }), fc.nat(40)), {
    maxLength: 60,
  })
  .map((entries) => {
    let at = 0;
    return entries.map(([look, minutes]) => ({ ...look, at: (at += 1 + minutes * MINUTE) }) as Observation);
  });

function run(observations: readonly Observation[], from: Pair = NEW_PAIR): Step[] {
  let pair = from;
  return observations.map((observation) => {
    const step = observe({ pair, observation });
    // Between two looks a pair is in the store.
    pair = decodePair(encodePair(step.pair));
    return step;
  });
}

const NAME = { watcher: 'w', provider: 'p', subject: 's' };
const keysOf = (steps: readonly Step[]): string[] =>
  steps.flatMap(({ change }) => (change ? noticeKey(NAME, change) : []));

const isValue = (look: Observation) => look.kind === 'value';

describe('what is told', () => {
  it('was seen at least twice, far enough apart, and nothing else in between', () => {
    fc.assert(
      fc.property(looks, (observations) => {
        for (const [i, { change }] of run(observations).entries()) {
          if (!change) continue;
          const first = observations.findIndex(({ at }) => at === change.seenAt);
          const since = observations.slice(first, i + 1).filter((look) => look.kind !== 'unauthorised');
          expect(change.confirmedAt - change.seenAt).toBeGreaterThanOrEqual(RULES.confirmMs);
          expect(since.map((look) => isValue(look) && look.value)).toEqual(since.map(() => change.to));
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('is never a baseline, and never what was hidden, unknown or read by another normaliser before', () => {
    fc.assert(
      fc.property(looks, (observations) => {
        for (const { change } of run(observations)) {
          if (!change) continue;
          const from = observations.findIndex(({ at }) => at === change.baselineAt);
          const until = observations.findIndex(({ at }) => at === change.confirmedAt);
          const since = observations.slice(from, until + 1);
          expect(since.every(({ kind }) => kind === 'value' || kind === 'unauthorised')).toBe(true);
          expect(new Set(since.filter(isValue).map(({ version }) => version)).size).toBe(1);
          expect(change.to).not.toBe(change.from);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('leads from the baseline to the value of the last notice without a gap', () => {
    fc.assert(
      fc.property(looks, (observations) => {
        const changes = run(observations).flatMap(({ change }) => change ?? []);
        for (const [i, change] of changes.entries()) {
          const before = changes.slice(0, i).findLast(({ baselineAt }) => baselineAt === change.baselineAt);
          const base = observations.find(({ at }) => at === change.baselineAt);
          expect(change.from).toBe(before ? before.to : base && isValue(base) ? base.value : undefined);
          expect(change.told).toBe(before ? before.told + 1 : 0);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('has a name that no other notice of the pair has', () => {
    fc.assert(
      fc.property(looks, (observations) => {
        const keys = keysOf(run(observations));
        expect(new Set(keys).size).toBe(keys.length);
      }),
      { numRuns: 1_000 },
    );
  });

  it('is the same when looks come again, in any place after the first time', () => {
    fc.assert(
      fc.property(looks, fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 20 }), (observations, repeats) => {
        const schedule = [...observations];
        for (const [of, later] of repeats) {
          if (observations.length === 0) break;
          const look = observations[of % observations.length]!;
          const at = schedule.lastIndexOf(look) + 1;
          schedule.splice(at + (later % (schedule.length - at + 1)), 0, look);
        }
        expect(keysOf(run(schedule))).toEqual(keysOf(run(observations)));
        expect(run(schedule).at(-1)?.pair).toEqual(run(observations).at(-1)?.pair);
      }),
      { numRuns: 1_000 },
    );
  });

  it('has the same name when a part of the run is done again from an older state of the store', () => {
    fc.assert(
      fc.property(looks, fc.nat(), (observations, cut) => {
        const steps = run(observations);
        const from = observations.length === 0 ? 0 : cut % observations.length;
        const before = from === 0 ? NEW_PAIR : steps[from - 1]!.pair;
        const again = keysOf(run(observations.slice(from), before));
        expect(again).toEqual(keysOf(steps.slice(from)));
      }),
      { numRuns: 1_000 },
    );
  });
});
