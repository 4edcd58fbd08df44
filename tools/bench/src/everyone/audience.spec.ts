import { ring } from './audience.js';

describe('ring', () => {
  it('gives everybody ten friends', () => {
    const members = Array.from({ length: 50 }, (_, i) => `m${i}`);
    const edges = ring(members);
    const degree = new Map<string, number>();
    for (const member of edges.flat()) degree.set(member, (degree.get(member) ?? 0) + 1);
    expect(new Set(degree.values())).toEqual(new Set([10]));
    expect(new Set(edges.map((edge) => edge.toSorted().join())).size).toBe(edges.length);
  });

  it('makes no pair twice when there are few', () => {
    const edges = ring(['a', 'b', 'c']);
    expect(new Set(edges.map((edge) => edge.toSorted().join())).size).toBe(edges.length);
  });
});
