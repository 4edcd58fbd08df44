import { InForce, TickChain, type JudgedTick } from './tick-chain.js';

const first: JudgedTick = { n: 1, seq: 5, prev: 0, social: 2, at: 100, epoch: 7, rules: 1, leverRev: 0, serveFrom: 1 };

function valid(...ticks: JudgedTick[]): number[] {
  const chain = new TickChain();
  for (const tick of ticks) chain.take(tick);
  return chain.valid.map(({ seq }) => seq);
}

describe('TickChain', () => {
  const second = { ...first, n: 2, seq: 9, prev: 5 };

  it('follows the chain, and the first of two that compete', () => {
    expect(valid(first, second, { ...second, seq: 10 }, { ...second, n: 3, seq: 12, prev: 9 })).toEqual([5, 9, 12]);
  });

  it.each<[string, Partial<JudgedTick>]>([
    ['a number twice', { n: 1 }],
    ['a number too far', { n: 3 }],
    ['another predecessor', { prev: 4 }],
    ['less of SOCIAL', { social: 1 }],
    ['an earlier time', { at: 99 }],
    ['an earlier epoch', { epoch: 6 }],
    ['less to serve than there is', { serveFrom: 3 }],
    ['other rules', { rules: 2 }],
  ])('passes over a tick with %s', (_, lie) => {
    expect(valid(first, { ...second, ...lie }, { ...second, seq: 11 })).toEqual([5, 11]);
  });

  it('passes over a tick that lets go of too much at once', () => {
    const ticks = Array.from({ length: 20 }, (_, i) => ({ ...first, n: i + 1, seq: i + 1, prev: i }));
    const last = { ...first, n: 21, prev: 20 };
    expect(valid(...ticks, { ...last, seq: 21, serveFrom: 10 }, { ...last, seq: 22, serveFrom: 9 }).at(-1)).toBe(22);
  });
});

describe('InForce', () => {
  const inForce = new InForce([
    { n: 1, seq: 5, social: 2 },
    { n: 2, seq: 9, social: 4 },
    { n: 3, seq: 12, social: 4 },
  ]);

  it('is the graph of the last tick before an item', () => {
    expect([4, 5, 6, 9, 10, 99].map((seq) => inForce.before(seq))).toEqual([0, 0, 2, 2, 4, 4]);
    expect([4, 5, 9].map((seq) => inForce.at(seq))).toEqual([0, 2, 4]);
  });

  it('names every graph that there was up to a later position', () => {
    expect(inForce.between(6, 8)).toEqual([2]);
    expect(inForce.between(6, 12)).toEqual([2, 4]);
    expect(inForce.between(3, Infinity)).toEqual([0, 2, 4]);
  });
});
