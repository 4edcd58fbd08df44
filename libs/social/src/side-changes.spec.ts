import fc from 'fast-check';
import { sideChanges, type SocialCommand } from './side-changes.js';
import { applySide, ASKED, BLOCKED, BLOCKS, follows, FRIENDS, isFriend, MUTES, shuns, takesAway } from './side.js';
import { STRANGERS, WAITING, type Side } from './side.js';

function project(...commands: SocialCommand[]): Map<string, Side> {
  const sides = new Map<string, Side>();
  for (const { member, other, ...change } of commands.flatMap((command) => sideChanges(command))) {
    const key = `${member}>${other}`;
    sides.set(key, applySide(sides.get(key) ?? STRANGERS, change));
  }
  return sides;
}

const yes = (by: string, to: string): SocialCommand => ({
  kind: 'friendship',
  message: { edges: [[by, to]], on: true, mutual: false },
});
const no = (by: string, to: string): SocialCommand => ({
  kind: 'friendship',
  message: { edges: [[by, to]], on: false, mutual: true },
});
const pair = (kind: 'block' | 'mute', by: string, to: string, on = true): SocialCommand => ({
  kind,
  message: { by, to, on },
});

describe('a friendship', () => {
  it('stands when both have said yes, and not before', () => {
    expect(project(yes('a', 'b')).get('a>b')).toBe(ASKED);
    expect(project(yes('a', 'b')).get('b>a')).toBe(WAITING);
    expect(project(yes('a', 'b'), yes('b', 'a')).get('b>a')).toBe(FRIENDS);
  });

  it('is gone for both when either takes it back, and needs both again', () => {
    const sides = project(yes('a', 'b'), yes('b', 'a'), no('b', 'a'), yes('a', 'b'));
    expect([sides.get('a>b'), sides.get('b>a')]).toEqual([ASKED, WAITING]);
  });

  it('imports both halves at once', () => {
    const edges = [
      ['a', 'b'],
      ['b', 'c'],
    ] as const;
    const sides = project({ kind: 'friendship', message: { edges, on: true, mutual: true } });
    expect([...sides.values()]).toEqual([FRIENDS, FRIENDS, FRIENDS, FRIENDS]);
  });
});

describe('a block', () => {
  it('ends the friendship for both, and both know of a bar', () => {
    const sides = project(yes('a', 'b'), yes('b', 'a'), pair('block', 'a', 'b'));
    expect([sides.get('a>b'), sides.get('b>a')]).toEqual([BLOCKS, BLOCKED]);
  });

  it('lets nobody ask across it, in either direction, and leaves nothing behind when it is lifted', () => {
    const asked = project(pair('block', 'a', 'b'), yes('a', 'b'), yes('b', 'a'));
    expect([asked.get('a>b'), asked.get('b>a')]).toEqual([BLOCKS, BLOCKED]);
    const lifted = project(pair('block', 'a', 'b'), yes('b', 'a'), pair('block', 'a', 'b', false), yes('a', 'b'));
    expect([lifted.get('a>b'), lifted.get('b>a')]).toEqual([ASKED, WAITING]);
  });

  it('stands for as long as one of two stands', () => {
    const sides = project(pair('block', 'a', 'b'), pair('block', 'b', 'a'), pair('block', 'a', 'b', false));
    expect([sides.get('a>b'), sides.get('b>a')]).toEqual([BLOCKED, BLOCKS]);
  });
});

describe('a mute', () => {
  it('is the own side alone, and ends no friendship', () => {
    const sides = project(yes('a', 'b'), yes('b', 'a'), pair('mute', 'a', 'b'));
    expect([sides.get('a>b'), sides.get('b>a')]).toEqual([FRIENDS | MUTES, FRIENDS]);
    expect([follows(FRIENDS | MUTES), follows(FRIENDS), isFriend(FRIENDS | MUTES)]).toEqual([false, true, true]);
  });
});

const member = fc.constantFrom('a', 'b', 'c');
const two = fc.tuple(member, member).filter(([x, y]) => x !== y);
const command: fc.Arbitrary<SocialCommand> = fc.oneof(
  fc.record({
    kind: fc.constant('friendship' as const),
    message: fc.record({ edges: fc.array(two, { maxLength: 3 }), on: fc.boolean(), mutual: fc.boolean() }),
  }),
  fc
    .tuple(fc.constantFrom('block' as const, 'mute' as const), two, fc.boolean())
    .map(([kind, [by, to], on]) => pair(kind, by, to, on)),
);

describe('sides', () => {
  it('are mirror images but for mutes, and nobody is the friend of somebody barred, whatever was said', () => {
    const mirror = (side: Side): Side =>
      ((side & ASKED) << 1) | ((side & WAITING) >> 1) | ((side & BLOCKS) << 1) | ((side & BLOCKED) >> 1);
    fc.assert(
      fc.property(fc.array(command), (commands) => {
        const sides = project(...commands);
        for (const [key, side] of sides) {
          const [one, other] = key.split('>');
          expect((sides.get(`${other}>${one}`) ?? STRANGERS) & ~MUTES).toBe(mirror(side));
          expect((side & (BLOCKS | BLOCKED)) !== 0 && (side & FRIENDS) !== 0).toBe(false);
        }
      }),
    );
  });

  it('are the same when a change comes twice, and only a change that takes away takes from sight', () => {
    fc.assert(
      fc.property(fc.array(command, { minLength: 1 }), (commands) => {
        const before = project(...commands.slice(0, -1));
        for (const change of sideChanges(commands.at(-1)!)) {
          const side = before.get(`${change.member}>${change.other}`) ?? STRANGERS;
          const after = applySide(side, change);
          expect(applySide(after, change)).toBe(after);
          const isLost = (follows(side) && !follows(after)) || (!shuns(side) && shuns(after));
          expect(isLost && !takesAway(change)).toBe(false);
        }
      }),
    );
  });
});
