/** Somebody in another network, as it tells of them. */
export interface Person {
  /** As the network names accounts: fits `REMOTE_ACCOUNT`. */
  id: string;
  /** For people: never empty, at most `NAME_MOST` characters. */
  name: string;
  /** Without an @ before it, where the network has handles. */
  handle?: string;
}

const NAME_MOST = 100;

/** Control characters, and those that turn the direction of what follows them on the page. */
const UNSEEN = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** A name as it can be drawn: on one line, and not longer than a name is. */
export function drawable(name: string): string {
  const seen = name.replaceAll(UNSEEN, ' ').replaceAll(/\s+/gu, ' ').trim();
  return Array.from(seen).slice(0, NAME_MOST).join('');
}
