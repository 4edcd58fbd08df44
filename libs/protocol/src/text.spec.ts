import { codePoints, MAX_CHARS, textFault } from './text.js';

describe('textFault', () => {
  it('counts code points, as people do', () => {
    expect(codePoints('a😀é')).toBe(3);
    expect(textFault('😀'.repeat(MAX_CHARS))).toBeUndefined();
    expect(textFault('😀'.repeat(MAX_CHARS + 1))).toBe('too_long');
    expect(textFault('x'.repeat(MAX_CHARS))).toBeUndefined();
    expect(textFault('x'.repeat(MAX_CHARS + 1))).toBe('too_long');
  });

  it.each(['', ' ', '\n\n', '\u2003 \u00a0'])('finds %j empty', (text) => {
    expect(textFault(text)).toBe('empty');
  });

  it.each(['a\tb', 'a\rb', 'bell\u0007', 'nul\u0000', 'del\u007f', 'csi\u009b'])(
    'finds a control character in %j',
    (text) => {
      expect(textFault(text)).toBe('control_character');
    },
  );

  it('lets newlines and joined emoji pass', () => {
    expect(textFault('two\nlines 👩‍👩‍👧 שלום')).toBeUndefined();
  });

  it('finds half a surrogate pair', () => {
    expect(textFault('x\ud83d')).toBe('malformed');
    expect(textFault('\udc00x')).toBe('malformed');
  });
});
