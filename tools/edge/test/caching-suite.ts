import { eventually } from '@groundswell/testing';
import type { Edge } from './use-edge.js';

const SEALED = 'public, max-age=60, s-maxage=86400';
const HEAD = 'public, max-age=0, s-maxage=1';
const JSON_TYPE = 'application/json; charset=utf-8';

let addresses = 0;
/** An address that nobody has asked for. */
export const segment = () => `/v1/events/final/7/segments/${++addresses}`;

/** What any cache before the origin must do, with an origin that says what the test wants. */
export function cachingSuite(edge: Edge): void {
  const keepable = (headers: Record<string, string> = {}) => ({
    headers: { 'Cache-Control': SEALED, 'Content-Type': JSON_TYPE, ...headers },
    body: '{"a":1}',
  });

  describe('sealed pages', () => {
    it.each(['segments/3', 'segments/0x8', 'segments/1x64', 'snapshots/3', 'authors/2'])(
      'many who ask for %s at once are one request',
      async (page) => {
        const path = `/v1/events/crowd/7/${page}`;
        // Slow enough for all to come meanwhile.
        edge.origin.answers({ ...keepable(), afterMs: 100 });
        const got = await edge.crowd(path, 100);
        expect(new Set(got.map(({ status, body }) => `${status} ${body}`))).toEqual(new Set(['200 {"a":1}']));
        expect(got[0]!.headers['cache-control']).toBe(SEALED);
        expect((await edge.get(path)).headers['x-cache']).toBe('HIT');
        expect(edge.origin.count(path)).toBe(1);
      },
    );

    it('are the same with cookies, a query, another host, another encoding, and by HEAD', async () => {
      const path = segment();
      edge.origin.answers(keepable());
      await edge.get(`${path}?first`, { headers: { Cookie: 'a=1' } });
      const others = [
        ['Cookie', 'a=2'],
        ['Host', 'other.example'],
        ['Accept-Encoding', 'gzip, br'],
      ] as const;
      for (const [name, value] of others) {
        expect((await edge.get(path, { headers: { [name]: value } })).headers['x-cache']).toBe('HIT');
      }
      expect((await edge.get(`${path}?x=${Math.random()}`)).headers['x-cache']).toBe('HIT');
      expect(await edge.get(path, { method: 'HEAD' })).toMatchObject({ status: 200, body: '' });
      const [asked] = edge.origin.asked.slice(-1);
      expect([asked!.url, asked!.headers.cookie]).toEqual([path, undefined]);
    });

    it('answer an ETag with 304, and are compressed for those who can read it', async () => {
      const path = segment();
      edge.origin.answers({ ...keepable({ ETag: '"abc"' }), body: JSON.stringify({ text: 'x'.repeat(5_000) }) });
      await edge.get(path);
      expect((await edge.get(path, { headers: { 'If-None-Match': '"abc"' } })).status).toBe(304);
      const small = await edge.get(path, { headers: { 'Accept-Encoding': 'gzip' } });
      expect(small.headers['content-encoding']).toBe('gzip');
      expect(small.body.length).toBeLessThan(1_000);
      expect(edge.origin.count(path)).toBe(1);
    });

    it('are asked for by their ETag when they have expired', async () => {
      const path = segment();
      edge.origin.answers(({ headers }) =>
        headers['if-none-match']
          ? { status: 304, headers: { ETag: '"abc"', 'Cache-Control': 'public, s-maxage=1' } }
          : keepable({ ETag: '"abc"', 'Cache-Control': 'public, s-maxage=1' }),
      );
      await edge.get(path);
      await eventually(async () => {
        expect(await edge.get(path)).toMatchObject({ status: 200, body: '{"a":1}' });
        return edge.origin.count(path) > 1;
      });
      // Weak where the cache has compressed what it keeps.
      expect(edge.origin.asked.at(-1)!.headers['if-none-match']).toMatch(/^(W\/)?"abc"$/);
    });
  });

  describe('heads', () => {
    const slotOf = (slotMs: number) => Math.floor(Date.now() / slotMs);
    /** Polls until so many seconds have passed; gives the oldest answer that anybody got, in milliseconds. */
    async function poll(slotMs: number, seconds: number): Promise<number> {
      const end = Date.now() + seconds * 1000;
      let oldest = 0;
      edge.origin.answers(() => ({
        headers: { 'Cache-Control': HEAD, 'Content-Type': JSON_TYPE },
        body: String(Date.now()),
        afterMs: 50,
      }));
      const poller = async (): Promise<void> => {
        while (Date.now() < end) {
          const { body } = await edge.get(`/v1/events/poll/head/${slotMs}/${slotOf(slotMs)}`);
          oldest = Math.max(oldest, Date.now() - Number(body));
        }
      };
      await Promise.all(Array.from({ length: 20 }, poller));
      return oldest;
    }
    const requests = (slotMs: number) => edge.origin.asked.filter(({ url }) => url!.includes(`poll/head/${slotMs}/`));

    it('of a slot are asked for once, whatever the number of pollers', async () => {
      await poll(1_000, 3);
      expect(requests(1_000).length).toBeGreaterThanOrEqual(3);
      // A poller that was held up may still ask for a slot when its second is over.
      expect(edge.origin.shortestGap((url) => url.includes('poll/head/1000/'))).toBeGreaterThan(900);
    });

    it('of a long slot are asked for once a second, and never stale', async () => {
      expect(await poll(10_000, 3)).toBeLessThan(2_500);
      const { length } = requests(10_000);
      expect(length).toBeGreaterThanOrEqual(2);
      expect(length).toBeLessThanOrEqual(5);
    });
  });

  describe('what is not kept', () => {
    async function expectNotKept(path: string, options: Parameters<Edge['get']>[1] = {}): Promise<void> {
      const before = edge.origin.count(path);
      for (let i = 1; i <= 3; i++) {
        await edge.get(path, options);
        expect(edge.origin.count(path) - before).toBe(i);
      }
    }

    it.each(['no-store', 'private, max-age=60', 'public, max-age=0'])('a page that says %s', async (says) => {
      edge.origin.answers(keepable({ 'Cache-Control': says }));
      await expectNotKept(segment());
    });

    it.each([503, 500, 404, 410])('an answer %i, even if it says that it may be', async (status) => {
      const path = segment();
      edge.origin.answers({ ...keepable(), status });
      await expectNotKept(path);
      edge.origin.answers(keepable());
      expect((await edge.get(path)).status).toBe(200);
      expect((await edge.get(path)).headers['x-cache']).toBe('HIT');
    });

    it('a page that sets a cookie', async () => {
      edge.origin.answers(keepable({ 'Set-Cookie': 'a=1' }));
      await expectNotKept(segment());
    });

    it('a head of a slot to come, and then the head of that slot is', async () => {
      const path = '/v1/events/final/head/1000/9000000000';
      edge.origin.answers(keepable({ 'Cache-Control': 'no-store' }));
      await expectNotKept(path);
      edge.origin.answers(keepable({ 'Cache-Control': HEAD }));
      const before = edge.origin.count(path);
      await edge.get(path);
      expect((await edge.get(path)).headers['x-cache']).toBe('HIT');
      expect(edge.origin.count(path) - before).toBe(1);
    });

    it.each([
      '/v1/time/abc',
      '/v1/events/final/friends',
      '/v1/events/final/friends?after=7.9',
      '/v1/events/final/statuses',
      '/v1/events',
      '/ready',
    ])('%s, even if it says that it may be', async (path) => {
      edge.origin.answers(keepable());
      await expectNotKept(path);
    });

    it('what is asked for with Authorization, which is not answered from the cache either', async () => {
      const path = segment();
      edge.origin.answers(keepable());
      await expectNotKept(path, { headers: { Authorization: 'Bearer x' } });
      await edge.get(path);
      await expectNotKept(path, { headers: { Authorization: 'Bearer x' } });
      expect((await edge.get(path)).headers['x-cache']).toBe('HIT');
    });

    it.each(['POST', 'DELETE'])('what is asked for with %s', async (method) => {
      edge.origin.answers(keepable());
      await expectNotKept(segment(), { method });
    });
  });
}
