import type { Bucket } from '@groundswell/bus';
import { addressDigest, LETTER_ID } from './letter-id.js';

/** Whom a letter went to. */
export interface LetterTarget {
  member: string;
  /** Digest of the address: the address itself is nowhere but in what is sealed. */
  to: string;
}

const decoder = new TextDecoder();

/** Whom the letters of the last days went to, so that what comes back of one is known. Rejects with the errors of a bucket. */
export class LetterBook {
  constructor(private readonly bucket: Pick<Bucket, 'get' | 'put'>) {}

  async enter(letter: string, { member, address }: { member: string; address: string }): Promise<void> {
    const target: LetterTarget = { member, to: addressDigest(address) };
    await this.bucket.put(letter, new TextEncoder().encode(JSON.stringify(target)));
  }

  /** Undefined for a letter that is none of ours, or too old. */
  async find(letter: string): Promise<LetterTarget | undefined> {
    if (!LETTER_ID.test(letter)) return undefined;
    const entry = await this.bucket.get(letter);
    return entry && (JSON.parse(decoder.decode(entry.value)) as LetterTarget);
  }
}
