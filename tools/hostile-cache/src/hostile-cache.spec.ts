import type { Fault } from './fault.js';
import { dropsQuery, minTtl, renewsForEver, servesStaleWhileRevalidating } from './faults.js';
import { HostileCache } from './hostile-cache.js';

/** A cache before an origin whose every answer is another, and which says how long it may be kept. */
function rig(fault?: Fault, headers: Record<string, string> = { 'cache-control': 'public, s-maxage=1' }) {
  const clock = { now: 0 };
  const asked: string[] = [];
  const cache = new HostileCache({
    ask: async (path) => ({ status: 200, headers, body: String(asked.push(path)) }),
    now: () => clock.now,
    ...(fault ? { fault } : {}),
  });
  const get = async (path = '/a') => (await cache.answer(path)).body;
  return { cache, clock, asked, get };
}

describe('HostileCache', () => {
  it('without fault does what it is told', async () => {
    const { clock, get } = rig();
    expect([await get(), await get()]).toEqual(['1', '1']);
    clock.now = 1_000;
    expect(await get()).toBe('2');
  });

  it.each(['no-store', 'private, max-age=60', 'public, max-age=0', 'public, no-cache, max-age=9'])(
    'does not keep what says %s, however long its minimum is',
    async (says) => {
      const { cache, get } = rig(minTtl(60_000), { 'cache-control': says });
      expect([await get(), await get(), cache.addresses]).toEqual(['1', '2', []]);
    },
  );

  it('keeps for its minimum, and for longer when it may', async () => {
    const { clock, get } = rig(minTtl(60_000));
    await get();
    clock.now = 59_999;
    expect(await get()).toBe('1');
    const long = rig(minTtl(500));
    await long.get();
    long.clock.now = 999;
    expect(await long.get()).toBe('1');
  });

  it('renews for ever what it has once got', async () => {
    const { clock, asked, get } = rig(renewsForEver());
    await get();
    for (clock.now = 1_000; clock.now < 5_000; clock.now += 1_000) expect(await get()).toBe('1');
    expect(asked).toHaveLength(5);
  });

  it('serves stale once more while it revalidates', async () => {
    const { cache, clock, get } = rig(servesStaleWhileRevalidating(5_000));
    await get();
    clock.now = 5_000;
    expect(await get()).toBe('1');
    await cache.revalidated();
    expect(await get()).toBe('2');
  });

  it('files what has a query under what is left of it', async () => {
    const { asked, get } = rig(dropsQuery(60_000));
    expect([await get('/a?x=1'), await get('/a?x=2'), asked]).toEqual(['1', '1', ['/a']]);
  });

  it('forgets what is purged by a surrogate key, the whole name', async () => {
    const headers = { 'cache-control': 'public, s-maxage=9', 'surrogate-key': 'final final-seg-2' };
    const { cache, get } = rig({}, headers);
    await get();
    cache.purge(['final-seg-22', 'other']);
    expect(await get()).toBe('1');
    cache.purge(['other', 'final-seg-2']);
    expect(await get()).toBe('2');
  });

  it('serves over HTTP, and drops who asks when the origin does not answer', async () => {
    const { cache } = rig();
    await cache.start();
    const answer = await fetch(`${cache.url}/a`);
    expect([answer.status, answer.headers.get('cache-control'), await answer.text()]).toEqual([
      200,
      'public, s-maxage=1',
      '1',
    ]);
    cache.ask = () => Promise.reject(new Error('gone'));
    await expect(fetch(`${cache.url}/b`)).rejects.toThrow('fetch failed');
    await cache.stop();
    expect(() => cache.url).toThrow('once it was started');
  });
});
