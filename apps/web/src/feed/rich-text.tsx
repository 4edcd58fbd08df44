import type { Facet } from '@groundswell/protocol';
import { safeAddress, splitFacets } from './split-facets.js';
import type { Part } from './split-facets.js';

function Piece({ part }: { part: Part }) {
  if (part.kind === 'text') return part.text;
  const href = part.kind === 'link' ? safeAddress(part.text) : undefined;
  if (href === undefined) return part.kind === 'link' ? part.text : <span className="facet">{part.text}</span>;
  return (
    <a href={href} target="_blank" rel="noopener nofollow ugc">
      {part.text}
    </a>
  );
}

/** What somebody wrote: always text, with its links, tags and mentions marked. */
export function RichText({ text, facets }: { text: string; facets?: Facet[] | undefined }) {
  return (
    <p className="text" dir="auto">
      {splitFacets(text, facets).map((part) => (
        <Piece key={part.at} part={part} />
      ))}
    </p>
  );
}
