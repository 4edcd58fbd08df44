import { inTurn } from './in-turn.js';

describe('inTurn', () => {
  it('passes over what does not run, and gives nothing while none does', () => {
    const running = new Set(['a', 'b', 'c']);
    const next = inTurn(['a', 'b', 'c'], (name) => running.has(name));
    expect([next(), next(), next(), next()]).toEqual(['a', 'b', 'c', 'a']);
    running.delete('b');
    expect(new Set([next(), next(), next(), next()])).toEqual(new Set(['a', 'c']));
    running.clear();
    expect(next()).toBeUndefined();
    running.add('b');
    expect(next()).toBe('b');
  });
});
