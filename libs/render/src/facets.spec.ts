import { facets } from './facets.js';

function parts(text: string): string[] {
  return facets(text).map(({ kind, start, end }) => `${kind}:${text.slice(start, end)}`);
}

describe('facets', () => {
  it('finds links, tags and mentions in order', () => {
    expect(parts('@ada look at https://example.org/x?y=1 #goal')).toEqual([
      'mention:@ada',
      'link:https://example.org/x?y=1',
      'tag:#goal',
    ]);
  });

  it('leaves the end of the sentence out of a link', () => {
    expect(parts('(see http://example.org/a).')).toEqual(['link:http://example.org/a']);
    expect(parts('https://')).toEqual([]);
  });

  it('counts in UTF-16 code units and knows letters of every script', () => {
    expect(parts('😀 #Größe #日本')).toEqual(['tag:#Größe', 'tag:#日本']);
  });

  it('takes neither mail addresses nor fragments nor other schemes', () => {
    expect(parts('a@b.example javascript:alert(1) https://e.org/#top ##x')).toEqual(['link:https://e.org/#top']);
  });

  it('stays linear on hostile text', () => {
    const hostile = '#'.repeat(50_000) + 'http://'.repeat(20_000);
    expect(facets(hostile).length).toBeLessThanOrEqual(1);
  });
});
