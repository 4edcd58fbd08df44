import { applySide, FRIENDS, type Side } from '@groundswell/social';
import fc from 'fast-check';
import { PaperSocket } from '../hub/paper-socket.js';
import { ChangeRing, type GraphChange } from './change-ring.js';
import { GraphInForce } from './graph-in-force.js';
import { graphInForce } from './graph-reader.js';
import { LeafIndex } from './leaf-index.js';

const CREATED = 7;
const CAPACITY = 100;
const EMPTY = { friends: [], asked: [], waiting: [] };
const friend = (seq: number, member: string, other: string): GraphChange => ({ seq, member, other, set: FRIENDS });
const gone = (seq: number, member: string, other: string): GraphChange => ({ seq, member, other, set: 0 });

function setUp(...changes: GraphChange[]) {
  const ring = new ChangeRing(0, CAPACITY);
  const index = new LeafIndex();
  const graph = new GraphInForce(ring, index);
  const viewer = new PaperSocket(1, 'vera');
  index.add('vera', viewer.connection, EMPTY);
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
  const read = (seq: number, inForce: number, created = CREATED) =>
    graphInForce({
      member: 'vera',
      stored: { checkpoint: { created, seq }, friends: ['ben', 'dora'], asked: [], waiting: ['cleo'] },
      created: CREATED,
      ring,
      inForce,
    });

  it('completes what was read with the changes in force', () => {
    expect(read(10, 13)).toMatchObject({ ready: true, sides: { friends: ['cleo', 'dora', 'ada'] } });
  });

  it('leaves out what is not in force yet, but not what was taken back', () => {
    expect(read(10, 11)).toMatchObject({ ready: true, sides: { friends: ['dora', 'ada'], waiting: ['cleo'] } });
  });

  it('waits for a view that the ring cannot complete, and for one of another log', () => {
    expect(read(9, 13)).toEqual({ ready: false, why: 'behind' });
    expect(read(12, 13, CREATED + 1)).toEqual({ ready: false, why: 'behind' });
  });

  it('waits for a tick when the view holds a friendship that is not in force', () => {
    const stored = { checkpoint: { created: CREATED, seq: 11 }, friends: ['ada', 'dora'], asked: [], waiting: [] };
    expect(graphInForce({ member: 'vera', stored, created: CREATED, ring, inForce: 10 })).toEqual({
      ready: false,
      why: 'ahead',
    });
  });

  it('does not wait for what makes no friend', () => {
    const asking = new ChangeRing(10);
    asking.push(11, [{ member: 'vera', other: 'ada', set: 2 }]);
    const verdict = graphInForce({
      member: 'vera',
      stored: { checkpoint: { created: CREATED, seq: 11 }, friends: ['dora'], asked: [], waiting: ['ada'] },
      created: CREATED,
      ring: asking,
      inForce: 10,
    });
    expect(verdict).toMatchObject({ ready: true, sides: { friends: ['dora'] } });
  });
});

describe('LeafIndex', () => {
  it('frees everything when the last socket of a member goes', () => {
    const index = new LeafIndex();
    const [one, two] = [new PaperSocket(1, 'vera'), new PaperSocket(2, 'vera')];
    index.add('vera', one.connection, { ...EMPTY, friends: ['ada'] });
    index.add('vera', two.connection, EMPTY);
    const item = { seq: 1, author: 'ada', storyAuthor: 'ada', audience: 'everyone' as const };
    const audience = () =>
      index.audienceOf({ ...item, rendered: { op: { t: 'tomb', id: '' }, json: '', bytes: 0 } }).flat();
    expect(audience()).toEqual([one.connection, two.connection]);
    index.remove('vera', one.connection);
    expect(audience()).toEqual([two.connection]);
    index.remove('vera', two.connection);
    expect(audience()).toEqual([]);
    expect(index.has('vera')).toBe(false);
  });

  it('holds, after any changes, exactly the sockets whose member is a friend', () => {
    const member = fc.constantFrom('a', 'b', 'c', 'd');
    const change = fc.record({ member, other: member, set: fc.constantFrom<Side>(0, 1, 2, 3) });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 40 }), (changes) => {
        const index = new LeafIndex();
        const sockets = ['a', 'b'].map((id, i) => new PaperSocket(i, id));
        for (const { connection } of sockets) index.add(connection.member!, connection, EMPTY);
        const model = new Map<string, Side>();
        for (const { member: m, other, set } of changes) {
          if (m === other) continue;
          index.change(m, other, set);
          model.set(`${m}${other}`, applySide(model.get(`${m}${other}`) ?? 0, set));
        }
        for (const author of ['a', 'b', 'c', 'd']) {
          const item = { seq: 1, author, storyAuthor: author, audience: 'everyone' as const };
          const leaf = index
            .audienceOf({ ...item, rendered: { op: { t: 'tomb', id: '' }, json: '', bytes: 0 } })
            .flat();
          const expected = ['a', 'b'].filter((m) => m === author || model.get(`${m}${author}`) === FRIENDS);
          expect(leaf.map((c) => c.member!).sort()).toEqual(expected);
        }
      }),
    );
  });
});
