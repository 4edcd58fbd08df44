import { OptionsInvalid, parseOptions } from './options.js';

describe('parseOptions', () => {
  it('reads a benchmark and its scale', () => {
    expect(parseOptions(['everyone'])).toEqual({ bench: 'everyone', scale: 'full', json: false });
    expect(parseOptions(['ingest', '--quick', '--json'])).toEqual({ bench: 'ingest', scale: 'quick', json: true });
    expect(parseOptions(['--miniature', 'everyone'])).toEqual({ bench: 'everyone', scale: 'miniature', json: false });
  });

  it('knows that help is asked for', () => {
    expect(parseOptions(['--help'])).toBe('help');
  });

  it.each([
    [[], 'Name a benchmark'],
    [['nothing'], 'There is no benchmark "nothing"'],
    [['everyone', 'ingest'], 'One benchmark at a time'],
    [['ingest', '--quick', '--miniature'], 'Choose one'],
    [['ingest', '--fast'], '--fast'],
  ])('refuses %j with what would be right', (args, sentence) => {
    expect(() => parseOptions(args)).toThrow(OptionsInvalid);
    expect(() => parseOptions(args)).toThrow(sentence);
  });
});
