import { keys, PARTITIONS, partitionOf } from './keys.js';

describe('partitions', () => {
  it('are FNV-1a, folded: the same for ever', () => {
    // 32-bit FNV-1a of "a" is e40c292c, of "foobar" bf9cf968.
    expect(partitionOf('a')).toBe((0xe40c ^ 0x292c) & 63);
    expect(partitionOf('foobar')).toBe((0xbf9c ^ 0xf968) & 63);
  });

  it('are about equally full', () => {
    const counts = Array<number>(PARTITIONS).fill(0);
    for (let i = 0; i < 64_000; i++) counts[partitionOf(`user-${i}`)]!++;
    expect(Math.min(...counts)).toBeGreaterThan(800);
    expect(Math.max(...counts)).toBeLessThan(1_200);
  });

  it('mark everything of a member with one tag', () => {
    const tags = [keys.sides('ada'), keys.recents('final', 'ada'), keys.talk('final', 'ada')].map((key) =>
      key.slice(0, 5),
    );
    expect(new Set(tags)).toEqual(new Set([keys.checkpoint('SOCIAL', partitionOf('ada')).slice(0, 5)]));
    expect(tags[0]).toMatch(/^\{p\d\d\}$/);
  });
});
