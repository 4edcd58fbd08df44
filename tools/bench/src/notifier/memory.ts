import { connectStore } from '@groundswell/store';
import type { Stack } from '../stack/stack.js';
import { redisBytes } from './redis-memory.js';
import { Village } from './village.js';

/** Megabytes of Redis by which 100,000 members with ten watches each make it larger, friendships left out. */
export async function memoryOfMembers(stack: Stack, count: number): Promise<number> {
  const url = await stack.anotherRedis();
  const store = await connectStore({ url });
  try {
    const before = await redisBytes(url);
    let seq = 0;
    const village = new Village({
      store,
      created: Date.now(),
      append: () => Promise.resolve(++seq),
      // As long as ids are that somebody else makes.
      watchers: Array.from({ length: count }, (_, i) => `member-${String(i).padStart(12, '0')}`),
      at: Date.now(),
      friends: false,
    });
    await village.settle();
    return (((await redisBytes(url)) - before) / 2 ** 20) * (100_000 / count);
  } finally {
    await store.close();
  }
}
