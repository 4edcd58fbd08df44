import { DROPPED_AT_ONCE, Fence, HELD_SEGMENTS, RULES } from './fence.js';
import { LOOKBACK_MS } from './lookback.js';
import type { Tick } from './records.js';
import { LEVERS } from './scripted-log.js';

function tick(change: Partial<Tick>): Tick {
  const n = change.n ?? 1;
  return {
    n,
    prev: 0,
    epoch: 1,
    rules: RULES,
    at: 10,
    social: 5,
    leverRev: 2,
    levers: LEVERS,
    serveFrom: 1,
    replayFrom: { n: 0, seq: 0 },
    ...change,
  };
}

describe('fence', () => {
  it('admits the tick that continues the chain in number and position', () => {
    const fence = new Fence({ n: 0, seq: 0 });
    expect(fence.admit(tick({ n: 1, prev: 0 }), 7)).toBeUndefined();
    expect(fence.admit(tick({ n: 2, prev: 7 }), 9)).toBeUndefined();
    expect(fence.n).toBe(2);
    expect(fence.position(1)).toBe(7);
  });

  it.each([
    ['a repeat of its number', { n: 1, prev: 0 }, 'not_next'],
    ['a number too far', { n: 3, prev: 7 }, 'not_next'],
    ['another predecessor', { n: 2, prev: 6 }, 'other_chain'],
    ['an earlier time', { n: 2, prev: 7, at: 9 }, 'goes_back'],
    ['an earlier graph', { n: 2, prev: 7, social: 4 }, 'goes_back'],
    ['an older epoch', { n: 2, prev: 7, epoch: 0 }, 'goes_back'],
    ['older levers', { n: 2, prev: 7, leverRev: 1 }, 'goes_back'],
    ['rules of another version', { n: 2, prev: 7, rules: RULES + 1 }, 'unknown_rules'],
    ['a range that has not begun', { n: 2, prev: 7, serveFrom: 3, replayFrom: { n: 2, seq: 7 } }, 'bad_range'],
    [
      'a range that begins before it is read',
      { n: 2, prev: 7, serveFrom: 2, replayFrom: { n: 2, seq: 9 } },
      'bad_range',
    ],
    ['rules that are older than those before', { n: 2, prev: 7, rules: RULES - 1 }, 'unknown_rules'],
  ] as const)('ignores %s', (_, change, fault) => {
    const fence = new Fence({ n: 0, seq: 0 });
    fence.admit(tick({ n: 1, prev: 0 }), 7);
    expect(fence.admit(tick(change), 8)).toBe(fault);
    expect(fence.admit(tick({ n: 2, prev: 7 }), 9)).toBeUndefined();
  });

  it('never holds more segments than the rules say', () => {
    const fence = new Fence({ n: HELD_SEGMENTS, seq: 50 });
    expect(fence.admit(tick({ n: HELD_SEGMENTS + 1, prev: 50 }), 51)).toBe('bad_range');
  });

  it('ignores a tick that would drop too much at once', () => {
    const fence = new Fence({ n: 0, seq: 0 });
    for (let n = 1; n <= 11; n++) fence.admit(tick({ n, prev: (n - 1) * 10 }), n * 10);
    const next = { n: 12, prev: 110, replayFrom: { n: 0, seq: 0 } };
    expect(fence.admit(tick({ ...next, serveFrom: 2 + DROPPED_AT_ONCE }), 120)).toBe('bad_range');
    expect(fence.admit(tick({ ...next, serveFrom: 1 + DROPPED_AT_ONCE }), 121)).toBeUndefined();
  });

  it('reads on where rules of an older version were in force', () => {
    const fence = new Fence({ n: 0, seq: 0 });
    expect(fence.admit(tick({ n: 1, rules: RULES - 1 }), 7)).toBeUndefined();
    expect(fence.admit(tick({ n: 2, prev: 7 }), 8)).toBeUndefined();
  });

  it('sends a booting node back as far as compose looks', () => {
    const fence = new Fence({ n: 0, seq: 0 });
    for (let n = 1; n <= 5; n++) fence.admit(tick({ n, prev: (n - 1) * 10, at: n * LOOKBACK_MS }), n * 10);
    expect(fence.replayFrom(5, 0)).toEqual({ n: 4, seq: 40 });
    expect(fence.replayFrom(6, 6 * LOOKBACK_MS - 1)).toEqual({ n: 4, seq: 40 });
    expect(fence.replayFrom(1, 0)).toEqual({ n: 0, seq: 0 });
  });

  it('goes on from a tick in the middle as from the beginning', () => {
    const first = tick({ n: 1, prev: 0, at: 20 });
    const fence = new Fence({ n: 1, seq: 7 }, first);
    expect(fence.admit(tick({ n: 2, prev: 7, at: 19 }), 8)).toBe('goes_back');
    expect(fence.admit(tick({ n: 2, prev: 7, at: 20 }), 9)).toBeUndefined();
  });
});
