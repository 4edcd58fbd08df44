import { createHash, randomFillSync } from 'node:crypto';

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
  if (key === undefined) return randomId();
  const digest = createHash('sha256')
    .update(JSON.stringify([event, author, key]))
    .digest();
  return digest.subarray(0, ID_BYTES).toString('base64url');
}

/** Random bytes are fetched for many ids at once: each fetch costs more than the rest of an id. */
const pool = Buffer.alloc(ID_BYTES * 512);
let used = pool.length;

function randomId(): string {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += ID_BYTES;
  return pool.toString('base64url', used - ID_BYTES, used);
}
