import { safeAddress, splitFacets } from './split-facets.js';

const words = (...args: Parameters<typeof splitFacets>) => splitFacets(...args).map(({ kind, text }) => [kind, text]);

describe('splitFacets', () => {
  it('cuts a text at its facets, whatever their order', () => {
    const facets = [
      { kind: 'mention', start: 3, end: 6 },
      { kind: 'tag', start: 0, end: 2 },
    ] as const;
    expect(words('#a @bo!', [...facets])).toEqual([
      ['tag', '#a'],
      ['text', ' '],
      ['mention', '@bo'],
      ['text', '!'],
    ]);
  });

  it('leaves facets that overlap or lie outside as text', () => {
    const facets = [
      { kind: 'tag', start: 0, end: 2 },
      { kind: 'tag', start: 1, end: 3 },
      { kind: 'link', start: 2, end: 90 },
      { kind: 'link', start: 2, end: 2 },
    ] as const;
    expect(words('#abc', [...facets])).toEqual([
      ['tag', '#a'],
      ['text', 'bc'],
    ]);
  });

  it('follows http and https only', () => {
    expect(safeAddress('https://a.example/x')).toBe('https://a.example/x');
    for (const text of ['javascript:alert(1)', 'data:text/html,x', 'ftp://a', 'a.example', '']) {
      expect(safeAddress(text)).toBeUndefined();
    }
  });
});
