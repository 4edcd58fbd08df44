import { ChangeRing } from './change-ring.js';

const change = (member: string, other: string) => ({ member, other, clear: 0, set: 3 });

describe('ChangeRing', () => {
  it('gives the changes between two positions, in order', () => {
    const ring = new ChangeRing(10);
    ring.push(11, [change('a', 'b')]);
    ring.push(12, []);
    ring.push(15, [change('c', 'd'), change('d', 'c')]);
    ring.push(16, [change('a', 'b')]);
    expect([...ring.between(11, 15)].map(({ member, seq }) => [member, seq])).toEqual([
      ['c', 15],
      ['d', 15],
    ]);
    expect(ring.position).toBe(16);
    expect(ring.completeAfter).toBe(10);
  });

  it('forgets whole messages when it is full, and says so', () => {
    const ring = new ChangeRing(0, 8);
    for (let seq = 1; seq <= 5; seq++) ring.push(seq, [change('a', 'b'), change('b', 'a')]);
    expect(ring.completeAfter).toBe(2);
    expect([...ring.between(0, 99)].map(({ seq }) => seq)).toEqual([3, 3, 4, 4, 5, 5]);
  });
});
