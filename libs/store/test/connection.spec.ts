import { eventually, useRedis } from '@groundswell/testing';
import { answers, checkpoints, connectStore, rateLimiter } from '../src/index.js';
import { useStore } from './stack.js';

describe('connectStore', () => {
  const server = useRedis();
  const stack = useStore(server);

  it('gives up after the deadline, naming the address without its password', async () => {
    const failed = connectStore({ url: 'redis://:secret@127.0.0.1:1', deadlineMs: 300 });
    await expect(failed).rejects.toMatchObject({ name: 'StoreUnreachable', code: 'store_unreachable' });
    await expect(failed).rejects.toThrow('redis://127.0.0.1:1');
  });

  it('fails at once while Redis is out, and comes back with it', async () => {
    expect(await stack.store.health()).toMatchObject({ up: true, roundTripMs: expect.any(Number) as number });
    await server.kill();
    await eventually(() => !stack.store.up);
    const started = performance.now();
    await expect(checkpoints(stack.store, 'SOCIAL')).rejects.toMatchObject({ name: 'StoreUnavailable' });
    expect(performance.now() - started).toBeLessThan(500);
    expect(await stack.store.health()).toMatchObject({ up: false, reconnects: 0 });
    await server.restart();
    await eventually(() => stack.store.up);
    expect(await checkpoints(stack.store, 'SOCIAL')).toHaveLength(64);
    expect(await stack.store.health()).toMatchObject({ up: true, reconnects: 1 });
  });

  it('counts what leaves together as one flight', async () => {
    const before = { ...stack.store.usage };
    await Promise.all([checkpoints(stack.store, 'SOCIAL'), checkpoints(stack.store, 'EVENTS')]);
    await checkpoints(stack.store, 'SOCIAL');
    const { commands, flights } = stack.store.usage;
    expect([commands - before.commands, flights - before.flights]).toEqual([192, 2]);
  });

  it('may be closed twice, and refuses after that', async () => {
    await stack.store.close();
    await stack.store.close();
    await expect(checkpoints(stack.store, 'SOCIAL')).rejects.toMatchObject({ name: 'StoreUnavailable' });
  });
});

describe('answers', () => {
  const server = useRedis({ appendonly: false });
  const stack = useStore(server);

  it('gives the first answer again, and tells another request under the key', async () => {
    const kept = answers(stack.store);
    expect(await kept.lookup('ada', 'k 1', 'f1')).toEqual({ found: 'nothing' });
    await kept.remember('ada', 'k 1', 'f1', '{"seq": 1}');
    await kept.remember('ada', 'k 1', 'f1', '{"seq": 2}');
    expect(await kept.lookup('ada', 'k 1', 'f1')).toEqual({ found: 'same', answer: '{"seq": 1}' });
    expect(await kept.lookup('ada', 'k 1', 'f2')).toEqual({ found: 'other' });
    expect(await kept.lookup('bob', 'k 1', 'f1')).toEqual({ found: 'nothing' });
  });

  it('forgets after its time', async () => {
    const kept = answers(stack.store, { ttlS: 1 });
    await kept.remember('ada', 'k', 'f', 'a');
    expect(await eventually(async () => (await kept.lookup('ada', 'k', 'f')).found === 'nothing')).toBe(true);
  });
});

describe('rateLimiter', () => {
  const server = useRedis({ appendonly: false });
  const stack = useStore(server);

  it('counts over all processes, and says when to come again', async () => {
    const other = await connectStore({ url: server.url });
    const options = { keyPrefix: 'post', points: 3, durationS: 10 };
    const [here, there] = [rateLimiter(stack.store, options), rateLimiter(other, options)];
    expect(await here('ada')).toEqual({ allowed: true, remaining: 2 });
    expect(await there('ada')).toEqual({ allowed: true, remaining: 1 });
    expect(await here('ada')).toEqual({ allowed: true, remaining: 0 });
    const refused = await there('ada');
    expect(refused).toMatchObject({ allowed: false, retryAfterMs: expect.any(Number) as number });
    expect(await here('bob')).toEqual({ allowed: true, remaining: 2 });
    await other.close();
  });

  it('gives several or none, and tells how many there are', async () => {
    const limit = rateLimiter(stack.store, { keyPrefix: 'some', points: 5, durationS: 10 });
    const dear = { allowed: false, retryAfterMs: expect.any(Number) as number };
    expect(await limit('ada', 6)).toEqual({ ...dear, remaining: 5 });
    expect(await limit('ada', 3)).toEqual({ allowed: true, remaining: 2 });
    expect(await limit('ada', 3)).toEqual({ ...dear, remaining: 2 });
    expect(await limit('ada', 2)).toEqual({ allowed: true, remaining: 0 });
    expect(await limit('ada', 2)).toEqual({ ...dear, remaining: 0 });
  });

  it('counts by itself while Redis is out', async () => {
    const limit = rateLimiter(stack.store, { keyPrefix: 'out', points: 2, durationS: 60 });
    for (let i = 0; i < 3; i++) await limit('flood');
    await server.kill();
    await eventually(() => !stack.store.up);
    // Who was refused is remembered here: Redis is not asked about them again.
    expect(await limit('flood')).toMatchObject({ allowed: false, remaining: 0 });
    expect(await limit('many', 3)).toMatchObject({ allowed: false });
    expect([await limit('ada'), await limit('ada'), await limit('ada')].map(({ allowed }) => allowed)).toEqual([
      true,
      true,
      false,
    ]);
  });
});
