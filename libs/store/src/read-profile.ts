import type { ProfileBody } from '@groundswell/protocol';
import { toCheckpoint, type Checkpoint, type StoredCheckpoint } from './checkpoint.js';
import { keys, partitionOf } from './keys.js';
import { script } from './script.js';
import { inner, type Store } from './store.js';

export interface StoredProfile {
  /** Undefined: the view holds nothing, and says nothing about this member. */
  checkpoint: Checkpoint | undefined;
  /** Undefined when the member has none up to the checkpoint. */
  profile: ProfileBody | undefined;
}

const READ = script(`
return {
  redis.call('HMGET', KEYS[1], 'created', 'seq'),
  redis.call('HGET', KEYS[2], ARGV[1]),
  redis.call('HGET', KEYS[3], ARGV[1]),
}
`);

/** A member's profile with the checkpoint, in one step. */
export async function readProfile(store: Store, member: string): Promise<StoredProfile> {
  const partition = partitionOf(member);
  const touched = [keys.checkpoint('SOCIAL', partition), keys.names(partition), keys.details(partition)];
  const [checkpoint, name, details] = (await inner(store).run(READ, touched, [member])) as [
    StoredCheckpoint,
    string | null,
    string | null,
  ];
  const rest = details === null ? {} : (JSON.parse(details) as Omit<ProfileBody, 'name'>);
  return { checkpoint: toCheckpoint(checkpoint), profile: name === null ? undefined : { name, ...rest } };
}
