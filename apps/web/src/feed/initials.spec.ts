import { hueOf, initialsOf } from './initials.js';

describe('avatars', () => {
  it('take the first letters of the first and last word', () => {
    expect(['Ann Archer', 'bo', 'Ana María López', '🎉 Zed', ''].map(initialsOf)).toEqual(['AA', 'B', 'AL', '🎉Z', '']);
  });

  it('give a member one hue', () => {
    expect(hueOf('ann')).toBe(hueOf('ann'));
    expect(new Set(['ann', 'bo', 'cleo', 'dmitri'].map(hueOf)).size).toBe(4);
    expect(hueOf('ann')).toBeLessThan(360);
  });
});
