/**
 * A set of authors as a few bits each, to be asked "is any of these in it?": a Golomb-coded set, as in BIP 158. It never
 * misses one that is in it, and takes one in 2^14 others for one that is.
 *
 * Each author is drawn a number below size × 2^14; the numbers are sorted, and their distances written in Golomb-Rice
 * code (quotient by 2^14 in unary, remainder in 14 bits): about 15.5 bits an author. The draw depends on the group as
 * well, so that who is mistaken for somebody is so in one group and not in all of them.
 */

import { hash32 } from './hash.js';

/** Segments whose authors share a filter. */
export const AUTHORS_GROUP = 8;

/** Bits of a remainder: one in 2^14 is mistaken. */
const REMAINDER_BITS = 14;
const SPREAD = 2 ** REMAINDER_BITS;

/** Most authors in one set: their numbers stay below 2^31. */
export const FILTER_AUTHORS_MAX = 100_000;

/** Bytes that are no filter. */
export class FilterInvalid extends Error {
  override readonly name = 'FilterInvalid';
  readonly code = 'filter_invalid';
}

/** Encodes the authors of a group, each counted once. Throws a `RangeError` for more than `FILTER_AUTHORS_MAX`. */
export function encodeAuthors(authors: Iterable<string>, group: number): Uint8Array {
  const unique = new Set(authors);
  if (unique.size > FILTER_AUTHORS_MAX) throw new RangeError(`a filter holds at most ${FILTER_AUTHORS_MAX} authors`);
  const bits = new BitWriter();
  bits.write(unique.size, 32);
  let last = 0;
  for (const number of drawn(unique, unique.size, group)) {
    bits.unary((number - last) >>> REMAINDER_BITS);
    bits.write((number - last) & (SPREAD - 1), REMAINDER_BITS);
    last = number;
  }
  return bits.bytes();
}

/** Whether any of these members may be among the authors of the group. Throws `FilterInvalid` for other bytes. */
export function mayHoldAny(filter: Uint8Array, members: Iterable<string>, group: number): boolean {
  const bits = new BitReader(filter);
  const size = bits.read(32);
  if (size > FILTER_AUTHORS_MAX) throw new FilterInvalid('A filter names more authors than there can be.');
  const wanted = drawn(members, size, group);
  let i = 0;
  for (let left = size, number = 0; left > 0 && i < wanted.length; left--) {
    number += bits.unary() * SPREAD + bits.read(REMAINDER_BITS);
    while (i < wanted.length && wanted[i]! < number) i++;
    if (wanted[i] === number) return true;
  }
  return false;
}

/** The numbers of members in a set of so many authors, ascending. */
function drawn(members: Iterable<string>, size: number, group: number): Float64Array {
  const range = size * SPREAD;
  return Float64Array.from(members, (member) => scale(hash32(`${group}>${member}`), range)).sort();
}

/** floor(h × range / 2^32), in steps that stay exact in double precision. */
function scale(h: number, range: number): number {
  const high = h >>> 16;
  const low = h & 0xffff;
  return Math.floor((high * range + Math.floor((low * range) / 65_536)) / 65_536);
}

class BitWriter {
  private list: number[] = [];
  private count = 0;

  /** The lowest `length` bits, highest first. */
  write(value: number, length: number): void {
    for (let i = length - 1; i >= 0; i--) this.bit((value >>> i) & 1);
  }

  unary(quotient: number): void {
    for (let i = 0; i < quotient; i++) this.bit(1);
    this.bit(0);
  }

  bytes(): Uint8Array {
    return Uint8Array.from(this.list);
  }

  private bit(bit: number): void {
    const at = this.count++ >>> 3;
    this.list[at] = (this.list[at] ?? 0) | (bit << (7 - ((this.count - 1) & 7)));
  }
}

class BitReader {
  private at = 0;

  constructor(private readonly bytes: Uint8Array) {}

  read(length: number): number {
    let value = 0;
    for (let i = 0; i < length; i++) value = value * 2 + this.bit();
    return value;
  }

  unary(): number {
    let quotient = 0;
    while (this.bit() === 1) quotient++;
    return quotient;
  }

  private bit(): number {
    const byte = this.bytes[this.at >>> 3];
    if (byte === undefined) throw new FilterInvalid('A filter ends in the middle.');
    return (byte >>> (7 - (this.at++ & 7))) & 1;
  }
}
