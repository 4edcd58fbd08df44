import type { LetterSettings, StopReason } from '@groundswell/protocol';
import { toCheckpoint, type Checkpoint, type StoredCheckpoint } from '../checkpoint.js';
import { keys, partitionOf } from '../keys.js';
import { script } from '../script.js';
import { pairsOf } from '../pairs-of.js';
import { inner, type Store } from '../store.js';

/** Where a member is written to. */
export interface StoredAddress {
  address: string;
  /** Only one that is confirmed gets letters. */
  state: 'asked' | 'confirmed' | 'stopped';
  reason?: StopReason;
  /** Since when, Unix milliseconds. */
  at: number;
}

/** What a member has said of letters; whole as of `checkpoint`. */
export interface MailSide {
  /** Undefined: the view holds nothing, and says nothing about this member. */
  checkpoint: Checkpoint | undefined;
  address: StoredAddress | undefined;
  /** Undefined: the member has said nothing, and gets letters as everybody does. */
  rhythm: LetterSettings | undefined;
  /** `delayField` → how long after a change the member wants to be left alone, milliseconds; others: not at all. */
  delays: ReadonlyMap<string, number>;
}

/** KEYS: checkpoint, addresses, rhythms, delays. ARGV: member. */
const READ = script(`
return {
  redis.call('HMGET', KEYS[1], 'created', 'seq'),
  redis.call('HGET', KEYS[2], ARGV[1]),
  redis.call('HGET', KEYS[3], ARGV[1]),
  redis.call('HGETALL', KEYS[4])
}
`);

/** Reads where and when members are written to, in the order asked; in one flight. */
export async function readMailSides(store: Store, members: readonly string[]): Promise<MailSide[]> {
  const replies = await Promise.all(
    members.map((member) => {
      const partition = partitionOf(member);
      const touched = [
        keys.checkpoint('SOCIAL', partition),
        keys.addresses(partition),
        keys.rhythms(partition),
        keys.delays(member),
      ];
      return inner(store).run(READ, touched, [member]);
    }),
  );
  return (replies as [StoredCheckpoint, string | null, string | null, string[]][]).map(
    ([checkpoint, address, rhythm, delays]) => ({
      checkpoint: toCheckpoint(checkpoint),
      address: address === null ? undefined : (JSON.parse(address) as StoredAddress),
      rhythm: rhythm === null ? undefined : (JSON.parse(rhythm) as LetterSettings),
      delays: new Map(pairsOf(delays).map(([field, ms]) => [field, Number(ms)])),
    }),
  );
}
