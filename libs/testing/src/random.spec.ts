import { random } from './random.js';

describe('random', () => {
  it('repeats with its seed and differs with another', () => {
    const draw = (seed: number) => {
      const { next } = random(seed);
      return [next(), next(), next()];
    };
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
  });

  it('covers a range evenly, both ends included', () => {
    const { int } = random(1);
    const counts = [0, 0, 0, 0];
    for (let i = 0; i < 40_000; i++) counts[int(0, 3)]!++;
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(400);
  });

  it('shuffles a copy', () => {
    const from = Array.from({ length: 50 }, (_, i) => i);
    const mixed = random(3).shuffle(from);
    expect(mixed).not.toEqual(from);
    expect([...mixed].sort((a, b) => a - b)).toEqual(from);
  });

  it('picks something that is there', () => {
    const { pick } = random(4);
    expect(['a', 'b']).toContain(pick(['a', 'b']));
    expect(() => pick([])).toThrow(RangeError);
  });
});
