import { Presence, type NodeState } from './presence.js';

function setUp(own: NodeState = { n: 5, viewers: 10 }) {
  const time = { now: 0 };
  const clock = { now: () => time.now, monotonic: () => time.now };
  const told: unknown[] = [];
  const presence = new Presence({
    node: 'a',
    clock,
    own: () => own,
    tell: (data) => told.push(JSON.parse(Buffer.from(data).toString())),
  });
  const hear = (what: unknown) => presence.hear(Buffer.from(JSON.stringify(what)));
  /** Seconds in which the others are heard, or not. */
  const pass = (seconds: number, others: readonly unknown[] = []) => {
    for (let i = 0; i < seconds; i++) {
      time.now += 1000;
      others.forEach(hear);
      presence.turn();
    }
  };
  return { presence, told, hear, pass, own };
}

describe('Presence', () => {
  it('tells of itself, and adds up the viewers of those it has heard lately', () => {
    const { presence, told, hear, pass } = setUp();
    hear({ node: 'b', n: 5, viewers: 7 });
    hear({ node: 'a', n: 5, viewers: 99 });
    expect(presence.viewers).toBe(17);
    pass(6);
    expect(presence.viewers).toBe(10);
    expect(told[0]).toEqual({ node: 'a', n: 5, viewers: 10 });
  });

  it('knows when all have reached a segment; who has gone is not waited for', () => {
    const { presence, hear, pass } = setUp();
    hear({ node: 'b', n: 4, viewers: 0 });
    expect([presence.reached(4), presence.reached(5)]).toEqual([true, false]);
    pass(6);
    expect([presence.reached(5), presence.reached(6)]).toEqual([true, false]);
  });

  it('is behind when another has been ahead for five seconds', () => {
    const { presence, pass, own } = setUp();
    const ahead = [{ node: 'b', n: 6, viewers: 0 }];
    pass(5, ahead);
    expect(presence.isBehind).toBe(false);
    pass(1, ahead);
    expect(presence.isBehind).toBe(true);
    own.n = 6;
    pass(1, ahead);
    expect(presence.isBehind).toBe(false);
  });

  it('leaves out what it does not understand', () => {
    const { presence, hear } = setUp();
    for (const what of [null, 1, { node: 'b' }, { node: 'b', n: -1, viewers: 0 }, { node: 3, n: 1, viewers: 1 }])
      hear(what);
    presence.hear(Buffer.from('{'));
    expect(presence.viewers).toBe(10);
  });
});
