/** Longest name that is shown, in characters. */
const NAME_MAX = 80;

/**
 * A name on one line: without control characters, and without the marks that turn the direction of what follows, with which
 * it could pretend to be more than a name.
 */
export function plainName(name: string): string {
  const line = name
    .normalize('NFC')
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
  const characters = [...line];
  return characters.length > NAME_MAX ? `${characters.slice(0, NAME_MAX - 1).join('')}…` : line;
}
