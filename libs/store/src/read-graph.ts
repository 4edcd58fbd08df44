import { ASKED } from '@groundswell/social';
import { toCheckpoint, type Checkpoint, type StoredCheckpoint } from './checkpoint.js';
import { keys, partitionOf } from './keys.js';
import { script } from './script.js';
import { inner, type Store } from './store.js';

/** A member's part of the graph, whole as of `checkpoint`. Lists are in no order. */
export interface StoredGraph {
  /** Undefined: the view holds nothing, and says nothing about this member. */
  checkpoint: Checkpoint | undefined;
  friends: string[];
  /** Asked by the member and not answered yet. */
  asked: string[];
  /** Asked the member, and wait. */
  waiting: string[];
}

const READ = script(`
return {
  redis.call('HMGET', KEYS[1], 'created', 'seq'),
  redis.call('SMEMBERS', KEYS[2]),
  redis.call('HGETALL', KEYS[3]),
}
`);

/** Reads a member's graph with its checkpoint in one step. */
export async function readGraph(store: Store, member: string): Promise<StoredGraph> {
  const checkpointKey = keys.checkpoint('SOCIAL', partitionOf(member));
  const reply = await inner(store).run(READ, [checkpointKey, keys.friends(member), keys.pending(member)], []);
  const [checkpoint, friends, pending] = reply as [StoredCheckpoint, string[], string[]];
  const asked: string[] = [];
  const waiting: string[] = [];
  for (let i = 0; i < pending.length; i += 2) {
    (Number(pending[i + 1]) === ASKED ? asked : waiting).push(pending[i]!);
  }
  return { checkpoint: toCheckpoint(checkpoint), friends, asked, waiting };
}

/** Display names of members, in one flight. Members without a profile are not in the map. */
export async function profileNames(store: Store, members: readonly string[]): Promise<Map<string, string>> {
  const byPartition = new Map<number, string[]>();
  for (const member of new Set(members)) {
    const partition = partitionOf(member);
    const list = byPartition.get(partition);
    if (list) list.push(member);
    else byPartition.set(partition, [member]);
  }
  const names = new Map<string, string>();
  await Promise.all(
    [...byPartition].map(async ([partition, list]) => {
      const found = (await inner(store).send(['HMGET', keys.names(partition), ...list])) as (string | null)[];
      list.forEach((member, i) => {
        const name = found[i];
        if (typeof name === 'string') names.set(member, name);
      });
    }),
  );
  return names;
}
