/** What the tests of this folder share: a connected store, and a look at everything that Redis holds. */
import type { TestServer } from '@groundswell/testing';
import { createClient } from 'redis';
import { connectStore, PARTITIONS, type Outcome, type RoutedOp, type Slice, type Store } from '../src/index.js';

/** A store for every test on an empty Redis, closed after it. */
export function useStore(server: TestServer): { readonly store: Store } {
  let store: Store | undefined;
  beforeEach(async () => {
    store = await connectStore({ url: server.url });
    await redis(server, ['FLUSHALL']);
  });
  afterEach(() => store?.close());
  return {
    get store() {
      if (!store) throw new Error('the store exists only while a test runs');
      return store;
    },
  };
}

/** Sends one command on a connection of its own. */
export async function redis(server: TestServer, command: string[]): Promise<unknown> {
  const client = await createClient({ url: server.url }).connect();
  try {
    return await client.sendCommand(command);
  } finally {
    await client.close();
  }
}

/** Every key with its content, in a form that can be compared. */
export async function contents(server: TestServer): Promise<Record<string, unknown>> {
  const client = await createClient({ url: server.url }).connect();
  try {
    const all: Record<string, unknown> = {};
    for (const key of (await client.keys('*')).sort()) {
      const type = await client.type(key);
      if (type === 'set') all[key] = (await client.sMembers(key)).sort();
      else if (type === 'hash')
        all[key] = Object.entries(await client.hGetAll(key)).sort(([a], [b]) => (a < b ? -1 : 1));
      else if (type === 'zset') all[key] = await client.zRangeWithScores(key, 0, -1);
      else all[key] = await client.get(key);
    }
    return all;
  } finally {
    await client.close();
  }
}

/** Slices of all 64 partitions for the messages in (`from`, `to`]. */
export function slicesOf(ops: readonly RoutedOp[], from: number, to: number): Slice[] {
  return Array.from({ length: PARTITIONS }, (_, partition) => ({
    partition,
    from,
    to,
    ops: ops.flatMap((routed) => {
      const { op } = routed;
      return routed.partition === partition && op.seq > from && op.seq <= to ? [op] : [];
    }),
  }));
}

export function states(outcomes: readonly Outcome[]): string[] {
  return [...new Set(outcomes.map(({ state }) => state))];
}
