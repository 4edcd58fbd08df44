import { KEYS_BUCKET } from '@groundswell/contracts';
import { LRUCache } from 'lru-cache';
import { randomBytes } from 'node:crypto';
import { openBucket } from './bucket.js';
import type { Bus } from './bus.js';
import { KeyExists } from './errors.js';

/** For AES-256. */
const KEY_BYTES = 32;

/** Keys remembered, and for how long, milliseconds: a key that was erased may be used by others for so long. */
const REMEMBERED = 100_000;
const REMEMBERED_MS = 30_000;

/** The keys that members' messages are sealed with. Rejects with the errors of a bucket. */
export interface MemberKeys {
  /** The key of a member; made when there is none. */
  of(member: string): Promise<Uint8Array>;
  /** The key of a member; undefined when there never was one, or it was erased. */
  find(member: string): Promise<Uint8Array | undefined>;
  /** What was sealed for a member can be read no more. */
  erase(member: string): Promise<void>;
}

/** The bucket of keys. */
export function memberKeys(bus: Bus): MemberKeys {
  const bucket = openBucket(bus, KEYS_BUCKET);
  const known = new LRUCache<string, Uint8Array>({ max: REMEMBERED, ttl: REMEMBERED_MS });
  const find = async (member: string): Promise<Uint8Array | undefined> => {
    const remembered = known.get(member);
    if (remembered) return remembered;
    const entry = await bucket.get(member);
    if (entry) known.set(member, entry.value);
    return entry?.value;
  };
  const create = async (member: string): Promise<Uint8Array> => {
    const key = randomBytes(KEY_BYTES);
    try {
      await bucket.create(member, key);
      known.set(member, key);
      return key;
    } catch (error) {
      if (!(error instanceof KeyExists)) throw error;
      // Another process was faster: theirs counts.
      return of(member);
    }
  };
  const of = async (member: string): Promise<Uint8Array> => (await find(member)) ?? create(member);
  return {
    of,
    find,
    erase: async (member) => {
      await bucket.delete(member);
      known.delete(member);
    },
  };
}
