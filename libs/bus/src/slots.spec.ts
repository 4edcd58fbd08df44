import { Slots } from './slots.js';

describe('Slots', () => {
  it('gives back what it holds, once', () => {
    const slots = new Slots<string>(2);
    const token = slots.add('a');
    expect(slots.size).toBe(1);
    expect(slots.take(token)).toBe('a');
    expect(slots.take(token)).toBeUndefined();
    expect(slots.size).toBe(0);
  });

  it('uses a slot again under another number', () => {
    const slots = new Slots<string>(1);
    const first = slots.add('a');
    slots.take(first);
    const second = slots.add('b');
    expect(second).not.toBe(first);
    expect(slots.take(first)).toBeUndefined();
    expect(slots.take(second)).toBe('b');
  });

  it('refuses what it has no slot for', () => {
    const slots = new Slots<number>(2);
    slots.add(1);
    slots.add(2);
    expect(slots.full).toBe(true);
    expect(() => slots.add(3)).toThrow(RangeError);
  });

  it('knows no number that it never gave', () => {
    const slots = new Slots<number>(2);
    slots.add(1);
    expect(slots.take(Number.NaN)).toBeUndefined();
    expect(slots.take(-1)).toBeUndefined();
    expect(slots.take(7)).toBeUndefined();
  });

  it('takes all that answer to a condition', () => {
    const slots = new Slots<number>(4);
    const tokens = [1, 2, 3, 4].map((value) => slots.add(value));
    slots.take(tokens[1]!);
    expect(slots.takeWhere((value) => value > 1).toSorted((a, b) => a - b)).toEqual([3, 4]);
    expect(slots.size).toBe(1);
    expect(slots.take(tokens[0]!)).toBe(1);
  });
});
