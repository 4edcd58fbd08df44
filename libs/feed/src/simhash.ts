/**
 * Simhash of short texts: Charikar, "Similarity estimation techniques from rounding algorithms" (2002), 64 bits over words
 * and pairs of words. Texts that share most words have hashes that differ in few bits.
 */
export interface Simhash {
  high: number;
  low: number;
}

const WORDS = /[\p{L}\p{N}]+|\p{Extended_Pictographic}/gu;
/** "Goooooal" and "goal" are meant alike. */
const STRETCHED = /(.)\1{2,}/gu;

export function simhash(text: string): Simhash {
  const words = text.toLowerCase().replace(STRETCHED, '$1').match(WORDS) ?? [text];
  const sums = new Int16Array(64);
  for (let i = 0; i < words.length; i++) {
    add(sums, words[i]!);
    if (i > 0) add(sums, `${words[i - 1]!} ${words[i]!}`);
  }
  let [high, low] = [0, 0];
  for (let bit = 0; bit < 32; bit++) {
    if (sums[bit]! > 0) low |= 1 << bit;
    if (sums[bit + 32]! > 0) high |= 1 << bit;
  }
  return { high, low };
}

/** Number of bits in which two hashes differ, 0–64. */
export function hamming(a: Simhash, b: Simhash): number {
  return ones(a.high ^ b.high) + ones(a.low ^ b.low);
}

function add(sums: Int16Array, feature: string): void {
  let [a, b] = [0x811c9dc5, 0x9747b28c];
  for (let i = 0; i < feature.length; i++) {
    const code = feature.charCodeAt(i);
    a = Math.imul(a ^ code, 0x01000193);
    b = Math.imul(b ^ code, 0x5bd1e995);
    b ^= b >>> 15;
  }
  a ^= a >>> 15;
  a = Math.imul(a, 0x2c1b3c6d);
  a ^= a >>> 13;
  for (let bit = 0; bit < 32; bit++) {
    sums[bit]! += (a >>> bit) & 1 ? 1 : -1;
    sums[bit + 32]! += (b >>> bit) & 1 ? 1 : -1;
  }
}

function ones(x: number): number {
  let v = x - ((x >>> 1) & 0x55555555);
  v = (v & 0x33333333) + ((v >>> 2) & 0x33333333);
  return Math.imul((v + (v >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
