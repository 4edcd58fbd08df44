import type { Facet } from '@groundswell/protocol';

/** A piece of a text; `at` is where it starts. */
export interface Part {
  kind: Facet['kind'] | 'text';
  at: number;
  text: string;
}

/** Cuts a text at its facets. Facets that overlap or lie outside the text are left as plain text. */
export function splitFacets(text: string, facets: readonly Facet[] = []): Part[] {
  const parts: Part[] = [];
  let at = 0;
  for (const { kind, start, end } of [...facets].sort((a, b) => a.start - b.start)) {
    if (start < at || end <= start || end > text.length) continue;
    if (start > at) parts.push({ kind: 'text', at, text: text.slice(at, start) });
    parts.push({ kind, at: start, text: text.slice(start, end) });
    at = end;
  }
  if (at < text.length) parts.push({ kind: 'text', at, text: text.slice(at) });
  return parts;
}

/** The address of a link when it is http or https; anything else is not followed. */
export function safeAddress(text: string): string | undefined {
  try {
    const { protocol, href } = new URL(text);
    return protocol === 'http:' || protocol === 'https:' ? href : undefined;
  } catch {
    return undefined;
  }
}
