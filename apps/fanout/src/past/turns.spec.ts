import { Turns } from './turns.js';

/** Work that is done when the spec says so. */
function setUp(most: number, queue: number) {
  const turns = new Turns(most, queue);
  const begun: number[] = [];
  const ends: ((fail?: boolean) => void)[] = [];
  const take = (id: number) =>
    turns.take(
      () =>
        new Promise<number>((resolve, reject) => {
          begun.push(id);
          ends.push((fail) => (fail ? reject(new Error('failed')) : resolve(id)));
        }),
    );
  return { begun, ends, take };
}

describe('Turns', () => {
  it('lets so many work at a time, in the order in which they came', async () => {
    const { begun, ends, take } = setUp(2, 100);
    const results = Array.from({ length: 9 }, (_, id) => take(id));
    expect(begun).toEqual([0, 1]);
    for (let i = 0; i < 9; i++) {
      ends[i]!();
      expect(await results[i]).toBe(i);
      expect(begun).toHaveLength(Math.min(9, i + 3));
    }
    expect(begun).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it('goes on when work fails', async () => {
    const { ends, take } = setUp(1, 1);
    const [first, second] = [take(0), take(1)];
    ends[0]!(true);
    await expect(first).rejects.toThrow('failed');
    ends[1]!();
    expect(await second).toBe(1);
  });

  it('turns away who comes when too many wait', async () => {
    const { begun, ends, take } = setUp(1, 1);
    const [first, second] = [take(0), take(1)];
    expect(await take(2)).toBe('full');
    ends[0]!();
    await first;
    const third = take(3);
    ends[1]!();
    await second;
    ends[2]!();
    expect([await third, begun]).toEqual([3, [0, 1, 3]]);
  });
});
