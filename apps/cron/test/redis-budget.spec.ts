import { connectStore, type Store } from '@groundswell/store';
import { useRedis } from '@groundswell/testing';
import { RedisBudget } from '../src/providers/budget/redis-budget.js';
import { ALLOWED, describeBudget } from './budget-contract.js';
import { redisCommand } from './redis-command.js';

describe('a budget in Redis', () => {
  const redis = useRedis({ appendonly: false });
  let stores: Store[];
  let now: number;
  const clock = { now: () => now, monotonic: () => now };

  beforeEach(async () => {
    now = 1_800_000_000_000;
    stores = await Promise.all([connectStore({ url: redis.url }), connectStore({ url: redis.url })]);
    await redisCommand(redis.port, 'FLUSHALL');
  });
  afterEach(() => Promise.all(stores.map((store) => store.close())));
  const budget = (process = 0) =>
    new RedisBudget({ store: stores[process]!, clock, allowances: { graph: ALLOWED, mastodon: ALLOWED } });

  describeBudget('Redis', () =>
    Promise.resolve({ budget: budget(), now: () => now, pass: (ms: number) => void (now += ms) }),
  );

  it('gives no more to all processes together than to one', async () => {
    const scope = { provider: 'graph' };
    const waits = await Promise.all(Array.from({ length: 50 }, (_, i) => budget(i % 2).take(scope)));
    expect(waits.filter((wait) => wait === 0)).toHaveLength(10);
  });

  it('pauses all processes', async () => {
    const scope = { provider: 'mastodon', account: 'a:1' };
    await budget(0).learn(scope, { kind: 'pause', until: now + 700 });
    expect([await budget(1).wait(scope), await budget(1).wait({ provider: 'mastodon' })]).toEqual([700, 0]);
  });

  it('is careful with a provider that nobody has an allowance for', async () => {
    const waits = await Promise.all(Array.from({ length: 61 }, () => budget().take({ provider: 'other' })));
    expect(waits.filter((wait) => wait === 0)).toHaveLength(60);
  });

  it('leaves nothing behind for ever', async () => {
    await budget().learn({ provider: 'graph' }, { kind: 'pause', until: now + 60_000 });
    const left = Number((await redisCommand(redis.port, 'PTTL budget:graph')).slice(1));
    expect(left).toBeGreaterThan(60_000);
    expect(left).toBeLessThanOrEqual(60_000 + 3_600_000);
  });
});
