import type { Observation } from './observation.js';
import { differs, observe, type Outcome, type Step } from './observe.js';
import { NEW_PAIR, type Pair } from './pair.js';
import type { Value } from './values.js';

const MINUTE = 60_000;
const QUARTER = 15 * MINUTE;

const value = (
  minutes: number,
  seen: Value,
  more: Partial<Extract<Observation, { kind: 'value' }>> = {},
): Observation => ({
  kind: 'value',
  at: minutes * MINUTE,
  value: seen,
  version: 1,
  ...more,
});

/** Looks one after another. */
function watch(looks: readonly Observation[], from: Pair = NEW_PAIR): { outcomes: Outcome[]; last: Step } {
  let last: Step = { pair: from, outcome: 'stale' };
  const outcomes = looks.map((observation) => {
    last = observe({ pair: last.pair, observation });
    return last.outcome;
  });
  return { outcomes, last };
}

const after = (...looks: Observation[]): Pair => watch(looks).last.pair;

const PAIRS = {
  new: NEW_PAIR,
  stable: after(value(0, 'single')),
  confirming: after(value(0, 'single'), value(30, 'engaged')),
  settling: after(value(0, 'single'), value(30, 'engaged', { authority: { since: 30 * MINUTE } })),
  flapping: after(...Array.from({ length: 15 }, (_, i) => value(i, i % 2 ? 'engaged' : 'single'))),
  hidden: after(value(0, 'single'), { kind: 'hidden', at: 30 * MINUTE }),
  unknown: after(value(0, 'single'), { kind: 'unknown', at: 30 * MINUTE }),
  gone: after(value(0, 'single'), { kind: 'gone', at: 30 * MINUTE }),
  auth_paused: after(value(0, 'single'), { kind: 'unauthorised', at: 30 * MINUTE }),
} satisfies Record<Pair['state'], Pair>;

const LOOKS = {
  same: value(60, 'single'),
  other: value(60, 'engaged'),
  third: value(60, 'married'),
  certain: value(60, 'engaged', { authority: { since: 30 * MINUTE } }),
  young: value(60, 'married', { authority: { since: 59 * MINUTE } }),
  reread: value(60, 'engaged', { version: 2 }),
  hidden: { kind: 'hidden', at: 60 * MINUTE },
  unknown: { kind: 'unknown', at: 60 * MINUTE },
  gone: { kind: 'gone', at: 60 * MINUTE },
  unauthorised: { kind: 'unauthorised', at: 60 * MINUTE },
} satisfies Record<string, Observation>;

type Row = Record<keyof typeof LOOKS, [Pair['state'], Outcome]>;

const NONE = {
  hidden: ['hidden', 'hidden'],
  unknown: ['unknown', 'unknown'],
  gone: ['gone', 'gone'],
  unauthorised: ['auth_paused', 'unauthorised'],
} satisfies Partial<Row>;

const FIRST: Row = {
  same: ['stable', 'baseline'],
  other: ['stable', 'baseline'],
  third: ['stable', 'baseline'],
  certain: ['stable', 'baseline'],
  young: ['stable', 'baseline'],
  reread: ['stable', 'baseline'],
  ...NONE,
};

const STANDING: Row = {
  same: ['stable', 'same'],
  other: ['confirming', 'sighted'],
  third: ['confirming', 'sighted'],
  certain: ['stable', 'told'],
  young: ['settling', 'confirmed'],
  reread: ['stable', 'baseline'],
  ...NONE,
};

const TABLE: Record<Pair['state'], Row> = {
  new: FIRST,
  hidden: FIRST,
  unknown: FIRST,
  gone: FIRST,
  stable: STANDING,
  auth_paused: STANDING,
  confirming: { ...STANDING, same: ['stable', 'reverted'], other: ['stable', 'told'] },
  settling: { ...STANDING, same: ['stable', 'reverted'], other: ['stable', 'told'] },
  flapping: {
    same: ['flapping', 'flapping'],
    other: ['flapping', 'flapping'],
    third: ['flapping', 'flapping'],
    certain: ['flapping', 'flapping'],
    young: ['flapping', 'flapping'],
    reread: ['stable', 'baseline'],
    ...NONE,
  },
};

describe('observe', () => {
  const cells = Object.entries(TABLE).flatMap(([state, row]) =>
    Object.entries(row).map(([look, [next, outcome]]) => ({ state, look, next, outcome })),
  );

  it.each(cells)('$state, seen $look: $next, $outcome', ({ state, look, next, outcome }) => {
    const pair = PAIRS[state as Pair['state']];
    expect(pair.state).toBe(state);
    const step = observe({ pair, observation: LOOKS[look as keyof typeof LOOKS] });
    expect([step.pair.state, step.outcome]).toEqual([next, outcome]);
    expect(step.change !== undefined).toBe(outcome === 'told');
  });

  it.each(Object.values(PAIRS).filter(({ state }) => state !== 'new'))(
    'changes nothing about $state by a look that is not newer',
    (pair) => {
      const { seenAt } = pair as Extract<Pair, { seenAt: number }>;
      for (const observation of [value(0, 'married', { at: seenAt }), { kind: 'hidden', at: seenAt } as const]) {
        expect(observe({ pair, observation })).toEqual({ pair, outcome: 'stale' });
      }
    },
  );

  it('tells a change that two looks a quarter of an hour apart have seen, with both', () => {
    const { last } = watch([value(0, 'single'), value(15, 'engaged'), value(30, 'engaged')]);
    expect(last.change).toEqual({
      from: 'single',
      to: 'engaged',
      seenAt: QUARTER,
      confirmedAt: 2 * QUARTER,
      baselineAt: 0,
      told: 0,
    });
  });

  it('waits when the second look is too close', () => {
    const looks = [value(0, 'single'), value(15, 'engaged'), value(29.99, 'engaged'), value(30, 'engaged')];
    expect(watch(looks).outcomes).toEqual(['baseline', 'sighted', 'waiting', 'told']);
  });

  it('starts anew with a third value', () => {
    const looks = [value(0, 'single'), value(15, 'engaged'), value(30, 'married'), value(45, 'married')];
    expect(watch(looks).outcomes).toEqual(['baseline', 'sighted', 'sighted', 'told']);
  });

  it('lets what its subject has published settle, counted from then on, for as long as the subject wants', () => {
    const published = { authority: { since: 100 * MINUTE } };
    const short = [value(0, 'single'), value(101, 'engaged', published), value(109, 'engaged', published)];
    expect(watch([...short, value(110, 'engaged', published)]).outcomes).toEqual([
      'baseline',
      'confirmed',
      'waiting',
      'told',
    ]);
    const day = { ...published, settleMs: 24 * 60 * MINUTE };
    const looks = [101, 110, 100 + 24 * 60 - 1, 100 + 24 * 60].map((at) => value(at, 'engaged', day));
    expect(watch([value(0, 'single'), ...looks]).outcomes).toEqual([
      'baseline',
      'confirmed',
      'waiting',
      'waiting',
      'told',
    ]);
  });

  it('tells nobody of what was taken back before it settled', () => {
    const { outcomes } = watch([
      value(0, 'single'),
      value(5, 'engaged', { authority: { since: 5 * MINUTE } }),
      value(15, 'single', { authority: { since: 9 * MINUTE } }),
    ]);
    expect(outcomes).toEqual(['baseline', 'confirmed', 'reverted']);
  });

  it('tells nobody of a quiet change, nor of the way back from it', () => {
    const at = (minutes: number) => ({ authority: { since: minutes * MINUTE } });
    const { outcomes, last } = watch([
      value(0, 'engaged'),
      value(20, 'separated', { ...at(10), quiet: true }),
      value(40, 'engaged', at(30)),
      value(60, 'married', at(50)),
    ]);
    expect(outcomes).toEqual(['baseline', 'silent', 'silent', 'told']);
    expect(last.change).toMatchObject({ from: 'engaged', to: 'married', told: 0 });
  });

  it('tells each change after the first as one from what was told before', () => {
    const { last } = watch([
      value(0, 'single'),
      value(15, 'engaged'),
      value(30, 'engaged'),
      value(45, 'married'),
      value(60, 'married'),
    ]);
    expect(last.change).toMatchObject({ from: 'engaged', to: 'married', told: 1, baselineAt: 0 });
  });

  it('goes on where it was when there is permission again', () => {
    const { outcomes } = watch([
      value(0, 'single'),
      { kind: 'unauthorised', at: 10 * MINUTE },
      { kind: 'unauthorised', at: 20 * MINUTE },
      value(30, 'engaged'),
      value(45, 'engaged'),
    ]);
    expect(outcomes).toEqual(['baseline', 'unauthorised', 'unauthorised', 'sighted', 'told']);
  });

  it('holds what flaps until it is calm, and then wants it seen twice', () => {
    const flap = Array.from({ length: 9 }, (_, i) => value(i * 15, i % 2 ? 'engaged' : 'single'));
    const calm = Array.from({ length: 24 }, (_, i) => value((9 + i) * 15, 'engaged'));
    const { outcomes } = watch([...flap, ...calm]);
    expect(outcomes.slice(0, 8)).toEqual([
      'baseline',
      ...Array.from({ length: 3 }, () => ['sighted', 'reverted']).flat(),
      'flapping',
    ]);
    expect(outcomes.filter((outcome) => outcome === 'told')).toHaveLength(1);
    const told = outcomes.indexOf('told');
    expect(outcomes[told - 1]).toBe('sighted');
    expect(outcomes.slice(8, told - 1)).toEqual(outcomes.slice(8, told - 1).map(() => 'flapping'));
  });

  describe('with runs in quarantine', () => {
    const distrusts = (at: number): boolean => at === QUARTER;
    const through = (looks: readonly Observation[]): Outcome[] => {
      let pair: Pair = NEW_PAIR;
      return looks.map((observation) => {
        const step = observe({ pair, observation, distrusts });
        ({ pair } = step);
        return step.outcome;
      });
    };

    it('takes no baseline', () => {
      expect(through([value(15, 'single'), value(30, 'engaged')])).toEqual(['quarantined', 'baseline']);
    });

    it('takes no baseline from one that was found faulty later', () => {
      const faulty = after(value(15, 'single'));
      expect(observe({ pair: faulty, observation: value(30, 'engaged'), distrusts }).outcome).toBe('baseline');
    });

    it('wants a change seen twice by others', () => {
      expect(through([value(0, 'single'), value(15, 'engaged'), value(30, 'engaged'), value(45, 'engaged')])).toEqual([
        'baseline',
        'quarantined',
        'quarantined',
        'told',
      ]);
    });

    it('does not believe the second look either', () => {
      expect(through([value(-15, 'single'), value(0, 'engaged'), value(15, 'engaged'), value(30, 'engaged')])).toEqual([
        'baseline',
        'sighted',
        'quarantined',
        'quarantined',
      ]);
    });
  });
});

describe('differs', () => {
  it('is true of another value than the one that stands, and of nothing else', () => {
    const looks = Object.keys(LOOKS) as (keyof typeof LOOKS)[];
    const seen = (pair: Pair) => looks.filter((look) => differs(pair, LOOKS[look]));
    const others = ['other', 'third', 'certain', 'young'];
    for (const pair of [PAIRS.stable, PAIRS.confirming, PAIRS.settling, PAIRS.flapping, PAIRS.auth_paused]) {
      expect(seen(pair)).toEqual(others);
    }
    for (const pair of [PAIRS.new, PAIRS.hidden, PAIRS.unknown, PAIRS.gone]) expect(seen(pair)).toEqual([]);
    expect(differs(PAIRS.stable, value(0, 'married'))).toBe(false);
  });
});
