import { MAX_CHARS, textFault, type Author } from '@groundswell/protocol';
import type { Mood } from './match.js';
import { ANSWERED, CLUBS, SAID, SLOTS } from './phrases.js';
import type { Random } from './random.js';

export interface Occasion {
  mood: Mood;
  minute: number;
  /** Number of the match: decides who plays. */
  match: number;
  /** Somebody whom the author may address. */
  friend: Author;
}

/** A status about what is happening. */
export function writeStatus(occasion: Occasion, random: Random): string {
  const text = fill(random.pick(SAID[occasion.mood]), occasion, random);
  // Now and then somebody goes on and on.
  return random.chance(0.06) ? ramble(text, occasion, random) : text;
}

/** A comment on somebody's status. */
export function writeComment(occasion: Occasion, random: Random): string {
  return fill(random.pick(ANSWERED), occasion, random);
}

function fill(phrase: string, { minute, match, friend }: Occasion, { pick }: Random): string {
  const known: Record<string, string> = {
    minute: String(minute),
    friend: `@${friend.id}`,
    home: CLUBS[(2 * match) % CLUBS.length]!,
    away: CLUBS[(2 * match + 1) % CLUBS.length]!,
  };
  return phrase.replace(/\{(\w+)\}/g, (_, slot: string) => known[slot] ?? pick(SLOTS[slot]!));
}

/** More of the same, as long as it may be posted. */
function ramble(text: string, occasion: Occasion, random: Random): string {
  let longer = text;
  for (let sentences = random.int(2, 6); sentences > 0; sentences--) {
    const next = `${longer} ${fill(random.pick(SAID[occasion.mood]), occasion, random)}`;
    if (textFault(next, MAX_CHARS)) break;
    longer = next;
  }
  return longer;
}
