import { createHash } from 'node:crypto';

/** What `letterId` makes. */
export const LETTER_ID = /^[0-9a-f]{32}$/;

/**
 * Id of a letter, made of what it is about: the same letter has the same, whoever sends it. Small letters and digits alone,
 * since it is a part of mail addresses and some servers make those small.
 */
export function letterId(...about: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(about)).digest('hex').slice(0, 32);
}

/** What an address is told apart by where the address itself is not to stand. */
export function addressDigest(address: string): string {
  return createHash('sha256').update(address).digest('base64url').slice(0, 22);
}
