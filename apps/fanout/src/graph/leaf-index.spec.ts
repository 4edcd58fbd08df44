import { applySide, follows, FRIENDS, shuns, sideChanges, STRANGERS, type Side } from '@groundswell/social';
import type { SocialCommand } from '@groundswell/social';
import fc from 'fast-check';
import { PaperSocket } from '../hub/paper-socket.js';
import { drawOf } from './author-sample.js';
import { LeafIndex } from './leaf-index.js';

const MEMBERS = ['a', 'b', 'c', 'd'];
const by = (author: string, storyAuthor = author) => ({ author, storyAuthor, audience: 'everyone' as const });

function audience(index: LeafIndex, item: Parameters<LeafIndex['forAudience']>[0]): string[] {
  const members = new Set<string>();
  index.forAudience(item, ({ member }) => members.add(member!));
  return [...members].sort();
}

function friendsOf(count: number): Map<string, Side> {
  return new Map(Array.from({ length: count }, (_, i) => [`m${i}`, FRIENDS]));
}

const member = fc.constantFrom(...MEMBERS);
const pair = fc.tuple(member, member).filter(([x, y]) => x !== y);
const command: fc.Arbitrary<SocialCommand> = fc.oneof(
  {
    weight: 3,
    arbitrary: pair.map((edge) => ({
      kind: 'friendship' as const,
      message: { edges: [edge], on: true, mutual: true },
    })),
  },
  fc
    .tuple(pair, fc.boolean())
    .map(([edge, on]) => ({ kind: 'friendship' as const, message: { edges: [edge], on, mutual: false } })),
  fc
    .tuple(fc.constantFrom('block' as const, 'mute' as const), pair, fc.boolean())
    .map(([kind, [from, to], on]) => ({ kind, message: { by: from, to, on } })),
);

describe('LeafIndex', () => {
  it('frees everything when the last socket of a member goes', () => {
    const index = new LeafIndex();
    const [one, two] = [new PaperSocket(1, 'vera'), new PaperSocket(2, 'vera')];
    const sides = new Map<string, Side>([
      ['ada', FRIENDS],
      ['ben', 4],
    ]);
    index.add('vera', one.connection, sides);
    index.add('vera', two.connection, new Map());
    const sockets = (): number => {
      let count = 0;
      index.forAudience(by('ada'), () => count++);
      return count;
    };
    expect([sockets(), index.known]).toEqual([2, 3]);
    index.remove('vera', one.connection);
    expect(sockets()).toBe(1);
    index.remove('vera', two.connection);
    expect([sockets(), index.has('vera'), index.known]).toEqual([0, false, 0]);
  });

  it('gives every item, after any changes, to exactly those who may see it', () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 40 }), fc.nat(40), (commands, late) => {
        const index = new LeafIndex();
        const sides = new Map<string, Side>();
        const side = (viewer: string, other: string): Side => sides.get(`${viewer}${other}`) ?? STRANGERS;
        const own = (viewer: string) =>
          new Map(MEMBERS.map((other) => [other, side(viewer, other)]).filter(([, s]) => s !== 0) as [string, Side][]);
        const sockets = ['a', 'b'].map((id, i) => new PaperSocket(i, id));
        index.add('a', sockets[0]!.connection, new Map());
        commands.forEach((next, i) => {
          // One comes while much has happened already.
          if (i === late) index.add('b', sockets[1]!.connection, own('b'));
          for (const change of sideChanges(next)) {
            const after = applySide(side(change.member, change.other), change);
            sides.set(`${change.member}${change.other}`, after);
            index.set(change.member, change.other, after);
          }
        });
        if (late >= commands.length) index.add('b', sockets[1]!.connection, own('b'));
        const isOf = (viewer: string, author: string) => viewer === author || follows(side(viewer, author));
        for (const author of MEMBERS) {
          for (const storyAuthor of MEMBERS) {
            for (const scope of ['everyone', 'friends'] as const) {
              const item = { author, storyAuthor, audience: scope };
              const expected = ['a', 'b'].filter(
                (viewer) =>
                  !shuns(side(viewer, author)) &&
                  !shuns(side(viewer, storyAuthor)) &&
                  (isOf(viewer, storyAuthor) || (scope === 'everyone' && isOf(viewer, author))),
              );
              expect(audience(index, item)).toEqual(expected);
              expect(['a', 'b'].filter((viewer) => index.sees(viewer, item))).toEqual(expected);
              expect(index.audienceSize(item)).toBeGreaterThanOrEqual(expected.length);
            }
          }
        }
        for (const { connection } of sockets) index.remove(connection.member!, connection);
        expect([index.size, index.known]).toEqual([0, 0]);
      }),
    );
  });

  it('follows a fixed sample of authors when there are too many, the same on every node', () => {
    const [one, other] = [new LeafIndex(() => 100), new LeafIndex(() => 100)];
    const friends = friendsOf(400);
    const { connection } = new PaperSocket(1, 'vera');
    one.add('vera', connection, friends);
    other.add('vera', connection, new Map([...friends].toReversed()));
    const sample = one.authorsOf('vera').slice(1).sort();
    expect(sample).toEqual(
      [...friends.keys()]
        .sort((a, b) => drawOf('vera', a) - drawOf('vera', b))
        .slice(0, 100)
        .sort(),
    );
    expect(other.authorsOf('vera').slice(1).sort()).toEqual(sample);
    one.add('ben', new PaperSocket(2, 'ben').connection, friends);
    expect(one.authorsOf('ben').slice(1).sort()).not.toEqual(sample);
  });

  it('keeps the sample right while friends come and go, across the bound', () => {
    const index = new LeafIndex(() => 5);
    const { connection } = new PaperSocket(1, 'vera');
    index.add('vera', connection, friendsOf(4));
    const drawn = (names: string[]) =>
      names
        .sort((a, b) => drawOf('vera', a) - drawOf('vera', b))
        .slice(0, 5)
        .sort();
    const friends = new Set(friendsOf(4).keys());
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(9), fc.boolean())), (steps) => {
        for (const [i, on] of steps) {
          index.set('vera', `m${i}`, on ? FRIENDS : STRANGERS);
          if (on) friends.add(`m${i}`);
          else friends.delete(`m${i}`);
          expect(index.authorsOf('vera').slice(1).sort()).toEqual(drawn([...friends]));
        }
      }),
    );
  });

  it('holds a hub and a viewer with 2,000 authors in a few bytes an author', () => {
    const index = new LeafIndex();
    const { connection } = new PaperSocket(1, 'hub');
    index.add('hub', connection, friendsOf(4_259));
    for (let i = 0; i < 500; i++)
      index.add(`m${i}`, new PaperSocket(i, `m${i}`).connection, new Map([['hub', FRIENDS]]));
    expect(index.audienceSize(by('hub'))).toBe(501);
    expect(index.authorsOf('hub')).toHaveLength(4_260);
    index.remove('hub', connection);
    expect(index.audienceSize(by('hub'))).toBe(500);
  });
});
