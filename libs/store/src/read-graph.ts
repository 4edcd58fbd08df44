import type { Side } from '@groundswell/social';
import { toCheckpoint, type Checkpoint, type StoredCheckpoint } from './checkpoint.js';
import { keys, partitionOf } from './keys.js';
import { script } from './script.js';
import { inner, type Store } from './store.js';

/** A member's part of the graph, whole as of `checkpoint`. */
export interface StoredGraph {
  /** Undefined: the view holds nothing, and says nothing about this member. */
  checkpoint: Checkpoint | undefined;
  /** What the member's side says of others; strangers are left out. */
  sides: Map<string, Side>;
}

const READ = script(`
return {
  redis.call('HMGET', KEYS[1], 'created', 'seq'),
  redis.call('HGETALL', KEYS[2]),
}
`);

/** Reads a member's graph with its checkpoint in one step. */
export async function readGraph(store: Store, member: string): Promise<StoredGraph> {
  const checkpointKey = keys.checkpoint('SOCIAL', partitionOf(member));
  const reply = await inner(store).run(READ, [checkpointKey, keys.sides(member)], []);
  const [checkpoint, fields] = reply as [StoredCheckpoint, string[]];
  const sides = new Map<string, Side>();
  for (let i = 0; i < fields.length; i += 2) sides.set(fields[i]!, Number(fields[i + 1]));
  return { checkpoint: toCheckpoint(checkpoint), sides };
}

/** Those who block a member or whom the member blocks, as of `checkpoint`. */
export interface StoredBars {
  /** Undefined: the view holds nothing, and says nothing about this member. */
  checkpoint: Checkpoint | undefined;
  barred: Set<string>;
}

const READ_BARRED = script(`
return {
  redis.call('HMGET', KEYS[1], 'created', 'seq'),
  redis.call('SMEMBERS', KEYS[2]),
}
`);

/** Reads with whom a member has a block, and the checkpoint, in one step. */
export async function readBarred(store: Store, member: string): Promise<StoredBars> {
  const checkpointKey = keys.checkpoint('SOCIAL', partitionOf(member));
  const reply = await inner(store).run(READ_BARRED, [checkpointKey, keys.bars(member)], []);
  const [checkpoint, barred] = reply as [StoredCheckpoint, string[]];
  return { checkpoint: toCheckpoint(checkpoint), barred: new Set(barred) };
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
