import { codePoints, MEMBER_ID, NAME_MAX_CHARS } from '@groundswell/protocol';
import { DEMO_MEMBERS, importLines, inventCommunity } from './community.js';

const community = inventCommunity(7);
const { audience, friendships } = community;
const friendsOf = (id: string) => friendships.flatMap(([a, b]) => (a === id ? [b] : b === id ? [a] : []));

describe('inventCommunity', () => {
  it('repeats with its seed', () => {
    expect(inventCommunity(7)).toEqual(community);
    expect(inventCommunity(8)).not.toEqual(community);
  });

  it('has a few hundred distinct members whose ids and names may be used', () => {
    expect(new Set([...audience, ...DEMO_MEMBERS].map(({ id }) => id)).size).toBe(303);
    expect(audience.filter(({ id, name }) => !MEMBER_ID.test(id) || codePoints(name) > NAME_MAX_CHARS)).toEqual([]);
  });

  it('the demo members know each other and many others', () => {
    for (const { id } of DEMO_MEMBERS) {
      const others = DEMO_MEMBERS.filter((member) => member.id !== id).map((member) => member.id);
      expect(friendsOf(id)).toEqual(expect.arrayContaining(others));
      expect(friendsOf(id).length).toBeGreaterThan(30);
    }
  });

  it('is imported as profiles, then each friendship once', () => {
    const lines = [...importLines(community)];
    expect(lines.slice(0, 303).every(({ t }) => t === 'profile')).toBe(true);
    expect(lines.slice(303).every(({ t }) => t === 'edge')).toBe(true);
    expect(new Set(lines.slice(303).map((line) => JSON.stringify(line))).size).toBe(friendships.length);
  });
});
