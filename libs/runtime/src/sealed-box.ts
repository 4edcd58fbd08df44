import { CompactEncrypt, compactDecrypt, errors } from 'jose';

/** Bytes of a key. */
export const SEAL_KEY_BYTES = 32;

/** What was sealed cannot be opened: by another key, or it is damaged. */
export class SealBroken extends Error {
  override readonly name = 'SealBroken';
  readonly code = 'seal_broken';
}

/**
 * Seals content under a member's key: a compact JWE (RFC 7516) with `dir` and `A256GCM`. `about` says what it is and whose,
 * and is sealed with it: what is taken from one place cannot be put into another.
 */
export function seal(key: Uint8Array, about: string, content: object): Promise<string> {
  return new CompactEncrypt(new TextEncoder().encode(JSON.stringify(content)))
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', sub: about })
    .encrypt(key);
}

/** Opens what `seal` made. Rejects with `SealBroken`. */
export async function unseal(key: Uint8Array, about: string, box: string): Promise<unknown> {
  try {
    const { plaintext, protectedHeader } = await compactDecrypt(box, key, {
      keyManagementAlgorithms: ['dir'],
      contentEncryptionAlgorithms: ['A256GCM'],
    });
    if (protectedHeader.sub !== about) throw new SealBroken(`this box is about something else than ${about}`);
    return JSON.parse(new TextDecoder().decode(plaintext)) as unknown;
  } catch (cause) {
    if (cause instanceof errors.JOSEError || cause instanceof SyntaxError)
      throw new SealBroken(`the box about ${about} cannot be opened`, { cause });
    throw cause;
  }
}
