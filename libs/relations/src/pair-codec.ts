import type { ActivePair, Known, Pair, Sighting } from './pair.js';
import { VALUES, type Value } from './values.js';

/**
 * A pair as a short text: one letter for its state, then numbers in base 36. Thirty to sixty characters, which a store of
 * millions of pairs keeps without a record of its own for each.
 */

/** A stored pair makes no sense: it was written by another version, or damaged. */
export class PairUnreadable extends Error {
  override readonly name = 'PairUnreadable';
  readonly code = 'pair_unreadable';
}

const LETTERS = {
  new: 'n',
  stable: 's',
  confirming: 'c',
  settling: 't',
  flapping: 'f',
  hidden: 'h',
  unknown: 'u',
  gone: 'g',
  auth_paused: 'a',
} as const satisfies Record<Pair['state'], string>;

export function encodePair(pair: Pair): string {
  return pair.state === 'auth_paused'
    ? `${LETTERS.auth_paused}${number(pair.seenAt)}:${encodeActive(pair.paused)}`
    : encodeActive(pair);
}

/** Throws `PairUnreadable`. */
export function decodePair(text: string): Pair {
  if (!text.startsWith(LETTERS.auth_paused)) return decodeActive(text, text);
  const colon = text.indexOf(':');
  const { time } = new Fields(text.slice(1, colon), text);
  return { state: 'auth_paused', seenAt: time(), paused: decodeActive(text.slice(colon + 1), text) };
}

function encodeActive(pair: ActivePair): string {
  const letter = LETTERS[pair.state];
  switch (pair.state) {
    case 'new':
      return letter;
    case 'hidden':
    case 'unknown':
    case 'gone':
      return letter + number(pair.seenAt);
    case 'stable':
      return letter + [number(pair.seenAt), ...knownFields(pair.known)].join();
    case 'confirming':
      return letter + [number(pair.seenAt), ...knownFields(pair.known), ...sightingFields(pair.to)].join();
    case 'settling':
      return (
        letter +
        [number(pair.seenAt), ...knownFields(pair.known), ...sightingFields(pair.to), number(pair.until)].join()
      );
    case 'flapping':
      return letter + [number(pair.seenAt), ...knownFields(pair.known), code(pair.last)].join();
  }
}

function decodeActive(text: string, whole: string): ActivePair {
  const { time, known, sighting, value, end } = new Fields(text.slice(1), whole);
  const ended = <T extends ActivePair>(pair: T): T => {
    end();
    return pair;
  };
  switch (text[0]) {
    case LETTERS.new:
      return { state: 'new' };
    case LETTERS.hidden:
      return ended({ state: 'hidden', seenAt: time() });
    case LETTERS.unknown:
      return ended({ state: 'unknown', seenAt: time() });
    case LETTERS.gone:
      return ended({ state: 'gone', seenAt: time() });
    case LETTERS.stable:
      return ended({ state: 'stable', seenAt: time(), known: known() });
    case LETTERS.confirming:
      return ended({ state: 'confirming', seenAt: time(), known: known(), to: sighting() });
    case LETTERS.settling:
      return ended({ state: 'settling', seenAt: time(), known: known(), to: sighting(), until: time() });
    case LETTERS.flapping:
      return ended({ state: 'flapping', seenAt: time(), known: known(), last: value() });
    default:
      throw unreadable(whole);
  }
}

function knownFields({ value, version, baselineAt, reference, told, changes }: Known): string[] {
  return [code(value), number(version), number(baselineAt), code(reference), number(told), number(changes)];
}

function sightingFields({ value, since, seenAt }: Sighting): string[] {
  return [code(value), number(since), number(seenAt)];
}

const number = (value: number): string => value.toString(36);
const code = (value: Value): string => VALUES.indexOf(value).toString(36);

function unreadable(text: string): PairUnreadable {
  return new PairUnreadable(`this is no stored pair: "${text.slice(0, 80)}"`);
}

/** Digits of a number at most: times in milliseconds have nine. */
const DIGITS = 11;
const [ZERO, NINE, A, Z, COMMA, MINUS] = [48, 57, 97, 122, 44, 45];

/** Reads field after field, character by character: a split and a pattern for each field cost more than the rest of a look. */
class Fields {
  private at = 0;

  constructor(
    private readonly text: string,
    private readonly whole: string,
  ) {}

  /** A whole number; times may lie before 1970. */
  readonly time = (): number => {
    const { text } = this;
    const isNegative = text.charCodeAt(this.at) === MINUS;
    const first = isNegative ? this.at + 1 : this.at;
    let value = 0;
    let at = first;
    for (; at < text.length; at++) {
      const character = text.charCodeAt(at);
      if (character === COMMA) break;
      value = value * 36 + digitOf(character);
    }
    if (at === first || at - first > DIGITS || Number.isNaN(value)) throw unreadable(this.whole);
    // Behind the comma, or behind the end when there is none.
    this.at = at + 1;
    return isNegative ? -value : value;
  };

  readonly value = (): Value => {
    const value = VALUES[this.time()];
    if (value === undefined) throw unreadable(this.whole);
    return value;
  };

  readonly known = (): Known => ({
    value: this.value(),
    version: this.time(),
    baselineAt: this.time(),
    reference: this.value(),
    told: this.time(),
    changes: this.time(),
  });

  readonly sighting = (): Sighting => ({ value: this.value(), since: this.time(), seenAt: this.time() });

  readonly end = (): void => {
    if (this.at !== this.text.length + 1) throw unreadable(this.whole);
  };
}

/** NaN for what is no digit in base 36. */
function digitOf(character: number): number {
  if (character >= ZERO && character <= NINE) return character - ZERO;
  return character >= A && character <= Z ? character - A + 10 : NaN;
}
