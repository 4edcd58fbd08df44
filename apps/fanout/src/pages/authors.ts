import { AUTHORS_GROUP, encodeAuthors } from '@groundswell/protocol';
import type { EventFeed } from '@groundswell/feed';
import type { Room } from '../intake/room.js';
import type { SealedPage } from './sealed-pages.js';
import { numberIn } from './parameters.js';

/** A head does not carry a larger filter: whoever polls then asks as if there were none. */
export const OPEN_FILTER_MAX_BYTES = 8_192;

interface OpenFilter {
  epoch: number;
  n: number;
  text: string | undefined;
}

const open = new WeakMap<EventFeed, OpenFilter>();

/** Who wrote in group k, which holds the same segments as roll-up `<k>x8`. Its bytes change by no takedown. */
export function authorsPage(text: string): SealedPage {
  const k = numberIn(text, 'the number of a group of authors');
  const first = k * AUTHORS_GROUP + 1;
  const last = (k + 1) * AUTHORS_GROUP;
  return {
    last,
    keys: [`authors-${k}`],
    text: ({ feed, frames }) => {
      if (first < frames.serveFrom) return undefined;
      const filter = base64(encodeAuthors(authorsOf(feed, first, last), k));
      return `{"t":"authors","epoch":${frames.head.epoch},"k":${k},"filter":"${filter}"}`;
    },
  };
}

/**
 * The filter of the group that is not whole yet, up to the head, as base64; undefined when it is too large. Made once for
 * each head.
 */
export function openFilter({ feed, frames }: Pick<Room, 'feed' | 'frames'>): string | undefined {
  const { epoch, n } = frames.head;
  const known = open.get(feed);
  if (known?.n === n && known.epoch === epoch) return known.text;
  const k = Math.floor(n / AUTHORS_GROUP);
  const filter = encodeAuthors(authorsOf(feed, Math.max(k * AUTHORS_GROUP + 1, frames.serveFrom), n), k);
  const text = filter.length > OPEN_FILTER_MAX_BYTES ? undefined : base64(filter);
  open.set(feed, { epoch, n, text });
  return text;
}

function* authorsOf(feed: EventFeed, first: number, last: number): Iterable<string> {
  for (let n = first; n <= last; n++) yield* feed.authors(n) ?? [];
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}
