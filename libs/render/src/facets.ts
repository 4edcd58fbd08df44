import type { Facet } from '@groundswell/protocol';

// One pass, no nested repetition: linear in the length of the text, whatever was posted.
const PARTS = /(https?:\/\/[^\s<>"']+)|(^|[^\p{L}\p{N}_@#/])([#@])([\p{L}\p{N}_][\p{L}\p{N}_-]*)/giu;
/** Few texts have any of these. */
const MARKS = /[#@]|:\/\//;
const TRAILING = /[.,;:!?)\]}…]+$/u;

/**
 * Links, tags and mentions of a text, in order, without overlap. Offsets are UTF-16 code units. Only `http` and
 * `https` count as links; punctuation that ends a sentence is not part of one.
 */
export function facets(text: string): Facet[] {
  const found: Facet[] = [];
  if (!MARKS.test(text)) return found;
  for (const match of text.matchAll(PARTS)) {
    const [whole, link, before, sign, word] = match;
    if (link !== undefined) {
      const address = link.replace(TRAILING, '');
      if (/^https?:\/\/$/i.test(address)) continue;
      found.push({ kind: 'link', start: match.index, end: match.index + address.length });
    } else if (word !== undefined && before !== undefined && whole !== undefined) {
      const start = match.index + before.length;
      found.push({ kind: sign === '#' ? 'tag' : 'mention', start, end: start + 1 + word.length });
    }
  }
  return found;
}
