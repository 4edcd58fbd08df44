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
  const seenAt = new Fields(text.slice(1, colon), text).time();
  return { state: 'auth_paused', seenAt, paused: decodeActive(text.slice(colon + 1), text) };
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
      return `${letter}${number(pair.seenAt)},${knownFields(pair.known)}`;
    case 'confirming':
      return `${letter}${number(pair.seenAt)},${knownFields(pair.known)},${sightingFields(pair.to)}`;
    case 'settling':
      return `${letter}${number(pair.seenAt)},${knownFields(pair.known)},${sightingFields(pair.to)},${number(pair.until)}`;
    case 'flapping':
      return `${letter}${number(pair.seenAt)},${knownFields(pair.known)},${code(pair.last)}`;
  }
}

function decodeActive(text: string, whole: string): ActivePair {
  if (text === LETTERS.new) return { state: 'new' };
  const fields = new Fields(text.slice(1), whole);
  const pair = readActive(text[0], fields);
  if (!pair) throw unreadable(whole);
  fields.end();
  return pair;
}

/** Undefined for a letter that means no state. */
function readActive(letter: string | undefined, fields: Fields): ActivePair | undefined {
  switch (letter) {
    case LETTERS.hidden:
      return { state: 'hidden', seenAt: fields.time() };
    case LETTERS.unknown:
      return { state: 'unknown', seenAt: fields.time() };
    case LETTERS.gone:
      return { state: 'gone', seenAt: fields.time() };
    case LETTERS.stable:
      return { state: 'stable', seenAt: fields.time(), known: fields.known() };
    case LETTERS.confirming:
      return { state: 'confirming', seenAt: fields.time(), known: fields.known(), to: fields.sighting() };
    case LETTERS.settling:
      return {
        state: 'settling',
        seenAt: fields.time(),
        known: fields.known(),
        to: fields.sighting(),
        until: fields.time(),
      };
    case LETTERS.flapping:
      return { state: 'flapping', seenAt: fields.time(), known: fields.known(), last: fields.value() };
    default:
      return undefined;
  }
}

function knownFields({ value, version, baselineAt, reference, told, changes }: Known): string {
  return `${code(value)},${number(version)},${number(baselineAt)},${code(reference)},${number(told)},${number(changes)}`;
}

function sightingFields({ value, since, seenAt }: Sighting): string {
  return `${code(value)},${number(since)},${number(seenAt)}`;
}

const code = (value: Value): string => number(VALUES.indexOf(value));

const DIGITS = '0123456789abcdefghijklmnopqrstuvwxyz';
const TWO_DIGITS = [...DIGITS].flatMap((high) => [...DIGITS].map((low) => high + low));
const HUNDRED = 36 ** 2;
/** Numbers of eight digits: as milliseconds, the years from 1972 to 2059. */
const EIGHT = { from: 36 ** 7, to: 36 ** 8 };

/** In base 36. Each look writes two times for every pair; two digits at a time take a tenth of what `toString` takes. */
function number(value: number): string {
  if (!(value >= EIGHT.from && value < EIGHT.to && Number.isInteger(value))) return value.toString(36);
  const high = Math.floor(value / HUNDRED ** 2);
  return fourDigits(high) + fourDigits(value - high * HUNDRED ** 2);
}

function fourDigits(value: number): string {
  return TWO_DIGITS[Math.floor(value / HUNDRED)]! + TWO_DIGITS[value % HUNDRED]!;
}

function unreadable(text: string): PairUnreadable {
  return new PairUnreadable(`this is no stored pair: "${text.slice(0, 80)}"`);
}

/** Digits of a number at most. */
const MOST_DIGITS = 11;
const [ZERO, NINE, A, Z, COMMA, MINUS] = [48, 57, 97, 122, 44, 45];

/** Reads field after field, character by character: a split and a pattern for each field cost more than the rest of a look. */
class Fields {
  private at = 0;

  constructor(
    private readonly text: string,
    private readonly whole: string,
  ) {}

  /** A whole number; times may lie before 1970. */
  time(): number {
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
    if (at === first || at - first > MOST_DIGITS || Number.isNaN(value)) throw unreadable(this.whole);
    // Behind the comma, or behind the end when there is none.
    this.at = at + 1;
    return isNegative ? -value : value;
  }

  value(): Value {
    const value = VALUES[this.time()];
    if (value === undefined) throw unreadable(this.whole);
    return value;
  }

  known(): Known {
    return {
      value: this.value(),
      version: this.time(),
      baselineAt: this.time(),
      reference: this.value(),
      told: this.time(),
      changes: this.time(),
    };
  }

  sighting(): Sighting {
    return { value: this.value(), since: this.time(), seenAt: this.time() };
  }

  end(): void {
    if (this.at !== this.text.length + 1) throw unreadable(this.whole);
  }
}

/** NaN for what is no digit in base 36. */
function digitOf(character: number): number {
  if (character >= ZERO && character <= NINE) return character - ZERO;
  return character >= A && character <= Z ? character - A + 10 : NaN;
}
