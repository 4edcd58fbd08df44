import type { SourceMessage } from '../sources/messages.js';

/** What a nick can be made of; everything else separates words. */
const WORD = /[A-Za-z0-9_\-[\]\\`^{}|]+/g;

/** The texts with every author's name replaced by its pseudonym, wherever it stands as a word. */
export function pseudonymise(messages: readonly SourceMessage[], pseudonymOf: (author: string) => string): string[] {
  const authors = new Set(messages.map(({ author }) => author));
  return messages.map(({ text }) => text.replace(WORD, (word) => (authors.has(word) ? pseudonymOf(word) : word)));
}
