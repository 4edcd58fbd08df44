import {
  decodePair,
  NEW_PAIR,
  observe,
  RULES,
  THRESHOLDS,
  VALUES,
  type Observation,
  type Pair,
  type Value,
} from '@groundswell/relations';
import fc from 'fast-check';
import { weigh, type Weighing } from './weigh.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const look = (at: number, value: Value): Observation => ({ kind: 'value', at, value, version: 1 });
const seenAll = (subjects: readonly string[], observation: Observation) =>
  new Map(subjects.map((subject) => [subject, observation]));

/** Weighs one look after another, as the store would keep what comes of it. */
function run(looks: readonly ReadonlyMap<string, Observation>[], more: Partial<Weighing> = {}) {
  let pairs = new Map([...looks[0]!.keys()].map((subject) => [subject, 'n']));
  return looks.map((seen) => {
    const weighed = weigh({
      provider: 'double',
      watcher: 'ada',
      pairs,
      seen,
      rules: RULES,
      threshold: THRESHOLDS.watcher,
      distrusts: () => false,
      usualMs: 6 * HOUR,
      ...more,
    });
    pairs = new Map([...pairs, ...weighed.commit.pairs.map(({ subject, after }) => [subject, after] as const)]);
    return weighed;
  });
}

const notices = ({ commit }: ReturnType<typeof weigh>) => commit.pairs.flatMap(({ notice }) => notice ?? []);

describe('weigh', () => {
  it('takes the first look as it is, and looks again after the usual time', () => {
    const [first] = run([seenAll(['ben', 'cleo'], look(HOUR, 'single'))]);
    expect(first!.outcomes).toEqual({ baseline: 2 });
    expect(notices(first!)).toEqual([]);
    expect(first!.commit.nextAt).toBe(7 * HOUR);
  });

  it('looks sooner where something has changed, and tells it once it is certain', () => {
    const [, sighted, told] = run([
      seenAll(['ben'], look(HOUR, 'single')),
      seenAll(['ben'], look(2 * HOUR, 'engaged')),
      seenAll(['ben'], look(2 * HOUR + 15 * MINUTE, 'engaged')),
    ]);
    expect([sighted!.outcomes, sighted!.commit.nextAt]).toEqual([{ sighted: 1 }, 2 * HOUR + 15 * MINUTE]);
    expect(told!.outcomes).toEqual({ told: 1 });
    const [notice] = notices(told!);
    expect(notice!.id).toMatch(/^[\w-]{22}$/);
    expect(JSON.parse(notice!.json)).toEqual({
      provider: 'double',
      subject: 'ben',
      from: 'single',
      to: 'engaged',
      seenAt: 2 * HOUR,
      confirmedAt: 2 * HOUR + 15 * MINUTE,
      baselineAt: HOUR,
      told: 0,
    });
  });

  it('counts what has a value, and what differs', () => {
    const seen = new Map<string, Observation>([
      ['ben', look(2 * HOUR, 'engaged')],
      ['cleo', look(2 * HOUR, 'single')],
      ['dora', { kind: 'unknown', at: 2 * HOUR }],
    ]);
    const [, second] = run([seenAll(['ben', 'cleo', 'dora'], look(HOUR, 'single')), seen]);
    expect(second!.tally).toEqual({ pairs: 2, differing: 1 });
  });

  it('believes nothing when too many of the pairs change at once, however often', () => {
    const subjects = Array.from({ length: 15 }, (_, i) => `s${i}`);
    const changed = (at: number, count: number) =>
      new Map(subjects.map((subject, i) => [subject, look(at, i < count ? 'engaged' : 'single')]));
    const times = [2 * HOUR, 3 * HOUR, 4 * HOUR];
    const few = run([changed(HOUR, 0), ...times.map((at) => changed(at, 3))]);
    expect(few.map((one) => [one.tripped, notices(one).length])).toEqual([
      [false, 0],
      [false, 0],
      [false, 3],
      [false, 0],
    ]);
    const many = run([changed(HOUR, 0), ...times.map((at) => changed(at, 4))]);
    expect(many.map((one) => [one.tripped, notices(one).length])).toEqual([
      [false, 0],
      [true, 0],
      [true, 0],
      [true, 0],
    ]);
    // Nothing of it is forgotten: once it is believed, two looks are enough.
    const believed = run([changed(HOUR, 0), ...times.map((at) => changed(at, 4))], {
      threshold: { share: 1, atLeast: 15 },
    });
    expect(believed.map((one) => notices(one).length)).toEqual([0, 0, 4, 0]);
  });

  it('wants what a run in quarantine has seen to be seen twice again', () => {
    const looks = [HOUR, 2 * HOUR, 3 * HOUR, 4 * HOUR].map((at, i) =>
      seenAll(['ben'], look(at, i === 0 ? 'single' : 'engaged')),
    );
    const all = run(looks, { distrusts: (at) => at === 2 * HOUR });
    expect(all.map(({ outcomes }) => Object.keys(outcomes))).toEqual([
      ['baseline'],
      ['quarantined'],
      ['quarantined'],
      ['told'],
    ]);
  });

  it('writes only what has changed, and looks again all the same', () => {
    const [first, same, one, reverted, soonAfter] = run([
      seenAll(['ben', 'cleo'], look(HOUR, 'single')),
      seenAll(['ben', 'cleo'], look(2 * HOUR, 'single')),
      new Map([...seenAll(['ben'], look(3 * HOUR, 'engaged')), ...seenAll(['cleo'], look(3 * HOUR, 'single'))]),
      seenAll(['ben', 'cleo'], look(4 * HOUR, 'single')),
      // That ben's has changed twice grows older with each look.
      seenAll(['ben', 'cleo'], look(5 * HOUR, 'single')),
    ]);
    const written = (weighed: ReturnType<typeof weigh>) => weighed.commit.pairs.map(({ subject }) => subject);
    expect([first!, same!, one!].map(written)).toEqual([['ben', 'cleo'], [], ['ben']]);
    expect([reverted!, soonAfter!].map(written)).toEqual([['ben'], ['ben']]);
    expect([same!.outcomes, same!.commit.nextAt]).toEqual([{ same: 2 }, 8 * HOUR]);
  });

  it('tells what it would tell if every look were written', () => {
    const observation = fc.oneof(
      {
        weight: 15,
        arbitrary: fc.record({ kind: fc.constant('value' as const), value: fc.constantFrom(...VALUES.slice(0, 2)) }),
      },
      fc.record({ kind: fc.constantFrom('hidden' as const, 'unknown' as const, 'unauthorised' as const) }),
    );
    // Long calms too: what has changed often is told from what did so long ago.
    const looks = fc.array(
      fc.tuple(fc.integer({ min: 1, max: 40 * MINUTE }), observation, fc.constantFrom(1, 1, 2, 24)),
      {
        minLength: 1,
        maxLength: 40,
      },
    );
    let kept = 0;
    fc.assert(
      fc.property(looks, (steps) => {
        let at = 0;
        const seen = steps.flatMap(([later, one, times]) =>
          Array.from({ length: times }, () => ({ ...one, at: (at += later), version: 1 }) as Observation),
        );
        let pair: Pair = NEW_PAIR;
        const expected = seen.map((one) => {
          const step = observe({ pair, observation: one });
          pair = step.pair;
          return [step.outcome, step.change];
        });
        const told = run(seen.map((one) => new Map([['ben', one]]))).map((weighed) => {
          if (weighed.commit.pairs.length === 0) kept++;
          const [notice] = notices(weighed);
          const { provider: _, subject: __, ...change } = JSON.parse(notice?.json ?? '{}') as Record<string, unknown>;
          return [Object.keys(weighed.outcomes)[0], notice ? change : undefined];
        });
        expect(told).toEqual(expected);
      }),
    );
    expect(kept).toBeGreaterThan(0);
  });

  it('leaves out who is watched no longer, and starts anew with a pair that makes no sense', () => {
    const seen = seenAll(['ben', 'gone'], look(HOUR, 'single'));
    const { commit } = weigh({
      provider: 'double',
      watcher: 'ada',
      pairs: new Map([['ben', 'what is this']]),
      seen,
      rules: RULES,
      threshold: THRESHOLDS.watcher,
      distrusts: () => false,
      usualMs: HOUR,
    });
    expect(commit.pairs.map(({ subject, before }) => [subject, before])).toEqual([['ben', 'what is this']]);
    expect(decodePair(commit.pairs[0]!.after)).toMatchObject({ state: 'stable', known: { value: 'single' } });
  });
});
