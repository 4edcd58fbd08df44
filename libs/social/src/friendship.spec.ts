import fc from 'fast-check';
import { applySide, FRIENDS, sideChanges, type FriendshipCommand, type Side } from './friendship.js';

function project(commands: FriendshipCommand[]): Map<string, Side> {
  const sides = new Map<string, Side>();
  for (const { member, other, set } of commands.flatMap((command) => sideChanges(command))) {
    const key = `${member}>${other}`;
    sides.set(key, applySide(sides.get(key) ?? 0, set));
  }
  return sides;
}

const half = (by: string, to: string): FriendshipCommand => ({ edges: [[by, to]], on: true, mutual: false });
const off = (by: string, to: string): FriendshipCommand => ({ edges: [[by, to]], on: false, mutual: true });

describe('friendship', () => {
  it('stands when both have said yes, and not before', () => {
    expect(project([half('a', 'b')]).get('a>b')).toBe(1);
    expect(project([half('a', 'b')]).get('b>a')).toBe(2);
    expect(project([half('a', 'b'), half('b', 'a')]).get('b>a')).toBe(FRIENDS);
  });

  it('is gone for both when either takes it back, and needs both again', () => {
    const sides = project([half('a', 'b'), half('b', 'a'), off('b', 'a'), half('a', 'b')]);
    expect(sides.get('a>b')).toBe(1);
    expect(sides.get('b>a')).toBe(2);
  });

  it('imports both halves at once', () => {
    const sides = project([
      {
        edges: [
          ['a', 'b'],
          ['b', 'c'],
        ],
        on: true,
        mutual: true,
      },
    ]);
    expect([...sides.values()]).toEqual([FRIENDS, FRIENDS, FRIENDS, FRIENDS]);
  });

  it('keeps the two sides mirror images, whatever was said', () => {
    const member = fc.constantFrom('a', 'b', 'c');
    const pair = fc.tuple(member, member).filter(([x, y]) => x !== y);
    const command = fc.record({ edges: fc.array(pair, { maxLength: 3 }), on: fc.boolean(), mutual: fc.boolean() });
    const mirror: Side[] = [0, 2, 1, 3];
    fc.assert(
      fc.property(fc.array(command), (commands) => {
        const sides = project(commands);
        for (const [key, side] of sides) {
          const [one, two] = key.split('>');
          expect(sides.get(`${two}>${one}`)).toBe(mirror[side]);
        }
      }),
    );
  });
});
