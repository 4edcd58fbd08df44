import { createHash, randomBytes } from 'node:crypto';

/** Bytes of an id: 96 bits make 16 characters of base64url. */
const ID_BYTES = 12;

export interface ItemIdInput {
  event: string;
  author: string;
  /** Idempotency-Key of the request. */
  key: string | undefined;
}

/**
 * Id of a new status or comment. With a key it follows from event, author and key, so that a retry is the same message
 * to the log, whichever process it reaches; without one it is random.
 */
export function itemId({ event, author, key }: ItemIdInput): string {
  if (key === undefined) return randomBytes(ID_BYTES).toString('base64url');
  const digest = createHash('sha256')
    .update(JSON.stringify([event, author, key]))
    .digest();
  return digest.subarray(0, ID_BYTES).toString('base64url');
}
