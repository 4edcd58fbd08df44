import { FRIENDS, MUTES, STRANGERS, WAITING, type Side } from '@groundswell/social';
import { PaperSocket } from '../hub/paper-socket.js';
import { ChangeRing, type GraphChange } from './change-ring.js';
import { GraphInForce } from './graph-in-force.js';
import { graphInForce } from './graph-reader.js';
import { LeafIndex } from './leaf-index.js';

const CREATED = 7;
const CAPACITY = 100;
const friend = (seq: number, member: string, other: string): GraphChange => ({
  seq,
  member,
  other,
  clear: 0,
  set: FRIENDS,
});
const gone = (seq: number, member: string, other: string): GraphChange => ({
  seq,
  member,
  other,
  clear: FRIENDS,
  set: 0,
});
const mute = (seq: number, on: boolean): GraphChange => ({
  seq,
  member: 'vera',
  other: 'ada',
  clear: on ? 0 : MUTES,
  set: on ? MUTES : 0,
});

function setUp(...changes: GraphChange[]) {
  const ring = new ChangeRing(0, CAPACITY);
  const index = new LeafIndex();
  const graph = new GraphInForce(ring, index);
  const viewer = new PaperSocket(1, 'vera');
  graph.admit('vera', viewer.connection, { sides: new Map(), asOf: 0 });
  const receive = (change: GraphChange) => {
    ring.push(change.seq, [change]);
    return graph.received([change]);
  };
  for (const change of changes) receive(change);
  const authors = () => [...index.authorsOf('vera')].sort();
  return { ring, index, graph, viewer, receive, authors };
}

describe('GraphInForce', () => {
  it('brings a friendship into force with the tick, not before', () => {
    const { graph, receive, authors } = setUp();
    expect(receive(friend(1, 'vera', 'ada'))).toBe(1);
    expect(authors()).toEqual(['vera']);
    graph.advance(1);
    expect(authors()).toEqual(['ada', 'vera']);
  });

  it('takes one back at once, and a tick that is older does not bring it back', () => {
    const { graph, receive, authors } = setUp(friend(1, 'vera', 'ada'));
    expect(receive(gone(2, 'vera', 'ada'))).toBeUndefined();
    graph.advance(1);
    expect(authors()).toEqual(['vera']);
    graph.advance(2);
    expect(authors()).toEqual(['vera']);
  });

  it('brings back with the tick what was taken away and given back', () => {
    const { graph, receive, authors } = setUp(friend(1, 'vera', 'ada'));
    graph.advance(1);
    receive(mute(2, true));
    expect(receive(mute(3, false))).toBe(3);
    expect(authors()).toEqual(['vera']);
    graph.advance(2);
    expect(authors()).toEqual(['vera']);
    graph.advance(3);
    expect(authors()).toEqual(['ada', 'vera']);
  });

  it('takes away from a viewer who comes what is not in force yet, and gives it back to nobody', () => {
    const { graph, index, receive, authors } = setUp(friend(1, 'vera', 'ada'), gone(2, 'vera', 'ada'));
    const ben = new PaperSocket(2, 'ben');
    receive(friend(3, 'ben', 'cleo'));
    receive(gone(4, 'ben', 'cleo'));
    graph.admit('ben', ben.connection, { sides: new Map([['cleo', FRIENDS]]), asOf: 3 });
    expect(index.authorsOf('ben')).toEqual(['ben']);
    graph.advance(3);
    expect([index.authorsOf('ben'), authors()]).toEqual([['ben'], ['vera']]);
    graph.advance(4);
    expect(index.authorsOf('ben')).toEqual(['ben']);
  });

  it('does not apply again what a viewer was read with', () => {
    const { graph, index, receive } = setUp();
    const ben = new PaperSocket(2, 'ben');
    const asks = (seq: number): GraphChange => ({ seq, member: 'ben', other: 'cleo', clear: 0, set: WAITING });
    receive(asks(1));
    graph.admit('ben', ben.connection, { sides: new Map<string, Side>(), asOf: 1 });
    graph.advance(1);
    expect(index.side('ben', 'cleo')).toBe(STRANGERS);
    receive(asks(2));
    graph.advance(2);
    expect(index.side('ben', 'cleo')).toBe(WAITING);
  });

  it('applies a change that comes after the tick that names it', () => {
    const { graph, receive, authors } = setUp();
    graph.advance(5);
    expect(receive(friend(4, 'vera', 'ada'))).toBeUndefined();
    expect(authors()).toEqual(['ada', 'vera']);
  });

  it('does not wait for a tick when nobody connected is concerned', () => {
    expect(setUp().receive(friend(1, 'ben', 'ada'))).toBeUndefined();
  });

  it('asks for a tick before the ring drops what is not in force', () => {
    const { receive } = setUp();
    const asked = Array.from({ length: CAPACITY / 2 }, (_, i) => receive(friend(i + 1, 'ben', `m${i}`)));
    expect(asked.findIndex((seq) => seq !== undefined)).toBe(CAPACITY / 4);
  });

  it('loses no friendship when the ring overflows before a tick comes', () => {
    const { graph, receive, authors } = setUp(friend(1, 'vera', 'ada'));
    for (let seq = 2; seq < 3 * CAPACITY; seq++) receive(friend(seq, 'ben', `m${seq}`));
    graph.advance(3 * CAPACITY);
    expect(authors()).toEqual(['ada', 'vera']);
  });
});

describe('graphInForce', () => {
  const ring = new ChangeRing(10);
  ring.push(11, [friend(11, 'vera', 'ada')]);
  ring.push(12, [gone(12, 'vera', 'ben')]);
  ring.push(13, [friend(13, 'vera', 'cleo')]);
  const STORED: ReadonlyMap<string, Side> = new Map([
    ['ben', FRIENDS],
    ['dora', FRIENDS],
    ['cleo', WAITING],
  ]);
  const read = (seq: number, inForce: number, { created = CREATED, sides = STORED, of = ring } = {}) =>
    graphInForce({
      member: 'vera',
      stored: { checkpoint: { created, seq }, sides },
      created: CREATED,
      ring: of,
      inForce,
    });
  const sides = (verdict: ReturnType<typeof read>) =>
    verdict.ready ? Object.fromEntries(verdict.read.sides) : verdict.why;

  it('completes what was read with the changes in force', () => {
    expect(sides(read(10, 13))).toEqual({ ben: STRANGERS, dora: FRIENDS, cleo: FRIENDS, ada: FRIENDS });
    expect(read(10, 13)).toMatchObject({ read: { asOf: 13 } });
  });

  it('leaves out what is not in force yet', () => {
    expect(sides(read(10, 11))).toEqual({ ben: FRIENDS, dora: FRIENDS, cleo: WAITING, ada: FRIENDS });
  });

  it('waits for a view that the ring cannot complete, and for one of another log', () => {
    expect(read(9, 13)).toEqual({ ready: false, why: 'behind' });
    expect(read(12, 13, { created: CREATED + 1 })).toEqual({ ready: false, why: 'behind' });
  });

  it('waits for a tick when the view holds a friendship, or a mute lifted, that is not in force', () => {
    const ahead = { ready: false, why: 'ahead' };
    expect(read(11, 10, { sides: new Map([['ada', FRIENDS]]) })).toEqual(ahead);
    const muted = new ChangeRing(10);
    muted.push(11, [mute(11, false)]);
    expect(read(11, 10, { of: muted, sides: new Map() })).toEqual(ahead);
  });

  it('does not wait for what makes no friend', () => {
    const asking = new ChangeRing(10);
    asking.push(11, [{ member: 'vera', other: 'ada', clear: 0, set: WAITING }]);
    const verdict = read(11, 10, { of: asking, sides: new Map([['ada', WAITING]]) });
    expect(verdict).toMatchObject({ ready: true, read: { asOf: 11 } });
  });
});
