import { jest } from '@jest/globals';
import { cachingSuite } from './caching-suite.js';
import { fanoutSuite } from './fanout-suite.js';
import { paths } from '@groundswell/protocol';
import { eventually } from '@groundswell/testing';
import { EVENT } from './fanout.js';
import { useEdge } from './use-edge.js';

jest.setTimeout(30_000);

describe('Varnish', () => {
  const edge = useEdge('varnish');
  cachingSuite(edge);

  it('lets browsers keep a page for their whole minute, and keeps names to itself', async () => {
    edge.origin.answers({ headers: { 'Cache-Control': 'public, max-age=60, s-maxage=100', 'Surrogate-Key': 'a a-1' } });
    const { headers } = await edge.get('/v1/events/names/7/segments/1');
    expect([headers['age'], headers['surrogate-key']]).toEqual([undefined, undefined]);
  });

  it('many who ask for what may not be kept are not queued behind each other', async () => {
    edge.origin.answers({ headers: { 'Cache-Control': 'no-store' }, afterMs: 200 });
    const start = performance.now();
    await edge.crowd('/v1/events/queue/head/1000/9000000000', 50);
    expect(performance.now() - start).toBeLessThan(5_000);
  });

  describe('purging', () => {
    const page = (n: number | string) => `/v1/events/purge/7/segments/${n}`;
    const purge = (keys: string, headers = {}) =>
      edge.get('/', { method: 'PURGE', headers: { 'Surrogate-Key': keys, ...headers } });
    const kept = async (n: number | string) => (await edge.get(page(n))).headers['x-cache'] === 'HIT';

    beforeEach(async () => {
      await purge('purge');
      edge.origin.answers(({ url }) => {
        const group = url!.endsWith('0x8');
        const keys = group ? [1, 2, 3, 4, 5, 6, 7, 8] : [Number(url!.split('/').at(-1))];
        const names = ['purge', ...keys.map((n) => `purge-seg-${n}`)].join(' ');
        return {
          headers: { 'Cache-Control': 'public, s-maxage=100', 'Surrogate-Key': names },
          body: String(Date.now()),
        };
      });
      for (const n of [2, 3, 22, '0x8']) await edge.get(page(n));
    });

    it('removes what holds a segment, and nothing else', async () => {
      expect((await purge('purge-seg-2')).status).toBe(204);
      expect([await kept(2), await kept('0x8'), await kept(3), await kept(22)]).toEqual([false, false, true, true]);
      expect([await kept(2), await kept('0x8')]).toEqual([true, true]);
    });

    it('takes several names', async () => {
      await purge('purge-seg-2  purge-seg-22');
      expect([await kept(2), await kept(22), await kept(3)]).toEqual([false, false, true]);
    });

    it('removes a whole event', async () => {
      await purge('purge');
      expect([await kept(2), await kept(3), await kept('0x8')]).toEqual([false, false, false]);
    });

    it('is refused for others, who come through a proxy on this machine', async () => {
      expect((await purge('purge', { 'X-Forwarded-For': '192.0.2.1' })).status).toBe(403);
      expect(await kept(2)).toBe(true);
    });

    it.each(['', '.*', 'a|b', 'a" || obj.status == 200'])('is refused for the name %j', async (keys) => {
      expect((await purge(keys)).status).toBe(400);
      expect(await kept(2)).toBe(true);
    });
  });
});

describe('Varnish before fan-out', () => {
  const edge = useEdge('varnish');
  const fanout = fanoutSuite(edge, { purges: true });

  it('H6: has no page any more that shows what was taken back', async () => {
    const regretted = await fanout().status('regretted at once');
    const { epoch, n } = await eventually(async () => {
      const head = await fanout().head();
      return JSON.stringify(head.inline).includes('regretted at once') ? head : undefined;
    });
    const kept = [paths.segment(EVENT, epoch, n), paths.snapshot(EVENT, epoch, n)];
    for (const path of kept) expect((await edge.get(path)).body).toContain('regretted at once');
    await fanout().retract(regretted);
    for (const path of kept) {
      await eventually(async () => !(await edge.get(path)).body.includes('regretted at once'), { timeoutMs: 10_000 });
    }
  });
});
