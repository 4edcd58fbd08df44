/**
 * Weighted sampling without coordination: every node gives every item the same random number, so all choose the same.
 * Efraimidis and Spirakis, "Weighted random sampling with a reservoir" (2006): the items with the largest u^(1/w) are a
 * sample in which each counts by its weight. Their order is that of `logKey`, which does not underflow for small weights.
 */

/** A number for an event's secret text, to be mixed with positions: FNV-1a, 2 × 32 bits. */
export interface Seed {
  high: number;
  low: number;
}

export function seedOf(secret: string): Seed {
  let high = 0x811c9dc5;
  let low = 0x9dc5811c;
  for (let i = 0; i < secret.length; i++) {
    const code = secret.charCodeAt(i);
    high = Math.imul(high ^ code, 0x01000193);
    low = Math.imul(low ^ (code + i + 1), 0x01000193);
  }
  return { high: mix(high), low: mix(low) };
}

/** Uniform in (0, 1), the same for a position and seed on every node. */
export function uniform(seq: number, { high, low }: Seed): number {
  const a = mix(mix((seq >>> 0) ^ low) ^ Math.floor(seq / 0x1_0000_0000) ^ high);
  const b = mix(a ^ Math.imul(low, 0x9e3779b1) ^ 0x7f4a7c15);
  // 32 + 20 bits, and a half, so that neither end is reached.
  return ((a >>> 0) * 0x10_0000 + (b >>> 12) + 0.5) / 0x10_0000_0000_0000;
}

/** Grows with u^(1/w). `weight` above 0. */
export function logKey(u: number, weight: number): number {
  return Math.log(weight) - Math.log(-Math.log(u));
}

/** The finaliser of MurmurHash3 (Austin Appleby, public domain): every bit of the input moves every bit of the output. */
function mix(x: number): number {
  let h = x | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
