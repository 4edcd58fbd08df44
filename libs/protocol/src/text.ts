/** What may be posted. Shared by the composer in the page and by the server, so that both count alike. */

/** Default limit of a text in Unicode code points. */
export const MAX_CHARS = 420;

export type TextFault = 'empty' | 'too_long' | 'control_character' | 'malformed';

export const TEXT_FAULTS: Record<TextFault, string> = {
  empty: 'The text is empty: write something.',
  too_long: 'The text is too long: shorten it.',
  control_character: 'The text holds a control character other than a newline: remove it.',
  malformed: 'The text holds half of a surrogate pair: it is not valid Unicode.',
};

const CONTROL = /[^\P{Cc}\n]/u;
const HALF_SURROGATE = /\p{Surrogate}/u;

/** Length in code points: what a person counts, unlike `length`. */
export function codePoints(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}

/** The first fault of a text, or undefined when it can be posted. */
export function textFault(text: string, maxChars = MAX_CHARS): TextFault | undefined {
  if (text.trim() === '') return 'empty';
  if (HALF_SURROGATE.test(text)) return 'malformed';
  if (CONTROL.test(text)) return 'control_character';
  // A code point is one or two units: most texts are decided without counting.
  if (text.length > maxChars && (text.length > 2 * maxChars || codePoints(text) > maxChars)) return 'too_long';
  return undefined;
}
