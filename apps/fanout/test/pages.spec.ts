import { jest } from '@jest/globals';
import { mayHoldAny, type AuthorsBody, type HeadBody, type SegFrame, type SnapshotBody } from '@groundswell/protocol';
import { eventually, useNats, useRedis } from '@groundswell/testing';
import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { text as textOf } from 'node:stream/consumers';
import type { FanoutApp } from '../src/fanout-app.js';
import { Harness } from './harness.js';

jest.setTimeout(30_000);

const nats = useNats();
const redis = useRedis();
const EVENT = 'final';
let harness: Harness;
let node: FanoutApp;

beforeAll(async () => {
  harness = await Harness.start(nats, redis);
  await harness.event(EVENT);
  node = await harness.node();
  for (let i = 0; i < 3; i++) {
    await harness.status(EVENT, 'ada', { text: `text ${i}` });
    await eventually(async () => (await head()).n === i + 1);
  }
});
afterAll(() => harness.stop());

const get = (path: string) => fetch(`http://127.0.0.1:${node.port}${path}`);
const slot = (ahead = 0) => Math.floor(Date.now() / 1000) + ahead;
const head = async () => (await (await get(`/v1/events/${EVENT}/head/1000/${slot()}`)).json()) as HeadBody;
const page = async (kind: string, n: number | string, epoch?: number) =>
  get(`/v1/events/${EVENT}/${epoch ?? (await head()).epoch}/${kind}/${n}`);

/** As a cache asks: `fetch` would turn a conditional request into a reload. */
async function askAsCache(path: string, headers: Record<string, string>) {
  const asking = request({ host: '127.0.0.1', port: node.port, path, headers }).end();
  const [answer] = (await once(asking, 'response')) as [IncomingMessage];
  return { statusCode: answer.statusCode, headers: answer.headers, body: await textOf(answer) };
}

describe('pages of Everyone', () => {
  it('tell the time, and keep no cache', async () => {
    const answer = await get('/v1/time/abc');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const { now } = (await answer.json()) as { now: number };
    expect(Math.abs(now - Date.now())).toBeLessThan(5_000);
  });

  it('H2: head says where the stream is, with the newest segments inline', async () => {
    const { epoch, n, snap, inline, tombs } = await head();
    expect([n, snap, tombs]).toEqual([3, 3, []]);
    expect(inline.map((segment) => segment.n)).toEqual([1, 2, 3]);
    expect(inline.every((segment) => segment.epoch === epoch)).toBe(true);
  });

  it('H1: head may be kept for its slot; a slot to come or of another length may not', async () => {
    const caching = async (path: string) =>
      (await get(`/v1/events/${EVENT}/head/${path}`)).headers.get('cache-control');
    expect(await caching(`1000/${slot()}`)).toBe('public, max-age=0, s-maxage=1');
    expect(await caching(`1000/${slot(5)}`)).toBe('no-store');
    expect(await caching(`2000/${slot()}`)).toBe('no-store');
    expect((await get(`/v1/events/${EVENT}/head/1000/${slot()}`)).headers.get('etag')).toBeNull();
  });

  it('H3: segments and snapshots are what sockets get, and may be kept', async () => {
    const answer = await page('segments', 2);
    expect(answer.headers.get('cache-control')).toBe('public, max-age=60, s-maxage=86400');
    expect(answer.headers.get('surrogate-key')).toBe(`${EVENT} ${EVENT}-seg-2`);
    expect(answer.headers.get('etag')).toMatch(/^"[\w-]{22}"$/);
    const segment = (await answer.json()) as SegFrame;
    expect(segment).toMatchObject({ t: 'seg', n: 2, shown: 1 });
    const snapshot = (await (await page('snapshots', 2)).json()) as SnapshotBody;
    expect(snapshot.stories.map(({ add }) => add.text)).toEqual(['text 1', 'text 0']);
  });

  it('are not sent again to who has them, and newly so when something was taken back', async () => {
    const path = `/v1/events/${EVENT}/${(await head()).epoch}/segments/1`;
    const etag = (await get(path)).headers.get('etag')!;
    for (const value of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const { statusCode, headers, body } = await askAsCache(path, { 'If-None-Match': value });
      expect([value, statusCode, headers.etag, body]).toEqual([value, 304, etag, '']);
      expect(headers['cache-control']).toBe('public, max-age=60, s-maxage=86400');
    }
    expect((await askAsCache(path, { 'If-None-Match': '"other"' })).statusCode).toBe(200);
    const reload = { 'If-None-Match': etag, 'Cache-Control': 'no-cache' };
    expect((await askAsCache(path, reload)).statusCode).toBe(200);
  });

  it('hold a request for the segment that is about to be sealed', async () => {
    const { n, epoch } = await head();
    const waiting = page('segments', n + 1, epoch);
    await harness.status(EVENT, 'ada', { text: 'awaited' });
    const answer = await waiting;
    expect(answer.status).toBe(200);
    expect(((await answer.json()) as SegFrame).ops).toMatchObject([{ text: 'awaited' }]);
  });

  it('say that what is not sealed is not there yet, after two seconds', async () => {
    const { n, epoch } = await head();
    const answer = await page('segments', n + 1, epoch);
    expect(answer.status).toBe(503);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('retry-after')).toBe('1');
    expect((await page('segments', n + 1000, epoch)).status).toBe(503);
  });

  it('H6: show a text that was taken back nowhere, and name it in every head', async () => {
    const regretted = await harness.status(EVENT, 'ada', { text: 'regretted' });
    await eventually(async () =>
      (await head()).inline.some(({ ops }) => ops.some((op) => op.t === 'add' && op.id === regretted.id)),
    );
    const { n } = await head();
    await harness.retract(EVENT, regretted, 'ada');
    await eventually(async () => (await head()).tombs.includes(regretted.id));
    for (const kind of ['segments', 'snapshots']) {
      for (const number of [n, n + 1]) expect(await (await page(kind, number)).text()).not.toContain('regretted');
    }
    expect(JSON.stringify(await head())).not.toContain('regretted');
  });
});

describe('roll-ups', () => {
  it('hold eight segments, byte for byte, once the last is sealed', async () => {
    const { epoch, n } = await head();
    expect(n).toBeLessThan(8);
    const early = await page('segments', '0x8');
    expect([early.status, early.headers.get('cache-control')]).toEqual([503, 'no-store']);
    for (let i = n; i < 8; i++) {
      await harness.status(EVENT, 'ada', { text: `more ${i}` });
      await eventually(async () => (await head()).n > i);
    }
    const answer = await page('segments', '0x8');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('surrogate-key')).toBe(
      [EVENT, ...Array.from({ length: 8 }, (_, i) => `${EVENT}-seg-${i + 1}`)].join(' '),
    );
    const text = await answer.text();
    const alone = await Promise.all(
      Array.from({ length: 8 }, async (_, i) => (await page('segments', i + 1, epoch)).text()),
    );
    expect(text).toBe(`{"t":"roll","epoch":${epoch},"k":0,"size":8,"segments":[${alone.join(',')}]}`);
  });

  it.each(['0x16', 'x8', '-1x8', '1x8x8', '9007199254740993x8'])('of another form are refused: %s', async (address) => {
    expect((await page('segments', address)).status).toBe(400);
  });

  it('far in the future are not there yet', async () => {
    expect((await page('segments', '9007199254740991x64')).status).toBe(503);
  });
});

describe('author filters', () => {
  const holds = (filter: string, member: string, k: number) => mayHoldAny(Buffer.from(filter, 'base64'), [member], k);

  it('F2: say who wrote in eight segments, as long as caches like', async () => {
    const { n } = await head();
    expect(n).toBeGreaterThanOrEqual(8);
    const answer = await page('authors', 0);
    const { t, k, filter } = (await answer.json()) as AuthorsBody;
    expect([t, k, holds(filter, 'ada', k), holds(filter, 'ben', k)]).toEqual(['authors', 0, true, false]);
    expect(answer.headers.get('cache-control')).toBe('public, max-age=60, s-maxage=86400');
    expect(answer.headers.get('surrogate-key')).toBe(`${EVENT} ${EVENT}-authors-0`);
    expect((await page('authors', 1)).status).toBe(503);
    expect((await page('authors', 'x')).status).toBe(400);
    expect((await page('authors', 0, (await head()).epoch - 1)).status).toBe(410);
  });

  it('F2, F3: ride in the head for the segments after that, and know nobody who wrote for friends only', async () => {
    await harness.status(EVENT, 'hidden', { audience: 'friends' });
    await harness.status(EVENT, 'cleo', { text: 'hello' });
    // A tick may fall between the two.
    const known = await eventually(async () => {
      const { n, filter } = await head();
      const k = Math.floor(n / 8);
      return holds(filter!, 'cleo', k) ? { hidden: holds(filter!, 'hidden', k) } : undefined;
    });
    expect(known).toEqual({ hidden: false });
  });
});

describe('levers of pages', () => {
  it('set how long pages are kept, what rides in the head, and how often clients poll', async () => {
    const before = (await head()).slotMs;
    await harness.turn('cdn.segment_smaxage_s', 600);
    await harness.turn('cdn.browser_maxage_s', 5);
    await harness.turn('head.inline_bytes', 0);
    await harness.turn('poll.interval_ms', 9_000);
    await eventually(async () => (await head()).pollMs === 9_000);
    expect(await head()).toMatchObject({ inline: [], slotMs: before });
    expect((await page('segments', 1)).headers.get('cache-control')).toBe('public, max-age=5, s-maxage=600');
  });

  it('H1: a slot of the length before is answered, and kept by nobody', async () => {
    await harness.turn('head.slot_ms', 2_000);
    await eventually(async () => (await head()).slotMs === 2_000);
    const old = await get(`/v1/events/${EVENT}/head/1000/${slot()}`);
    expect([old.status, old.headers.get('cache-control')]).toEqual([200, 'no-store']);
    const current = await get(`/v1/events/${EVENT}/head/2000/${Math.floor(Date.now() / 2000)}`);
    expect(current.headers.get('cache-control')).toBe('public, max-age=0, s-maxage=1');
  });
});

describe('bad addresses', () => {
  it.each(['-1', '1.5', 'x', '9007199254740993', '1e3', '99999999999999999999'])('refuse the number %s', async (n) => {
    const answer = await page('segments', n);
    expect(answer.status).toBe(400);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  it('point to the newest snapshot for what is no longer held', async () => {
    const { epoch, n } = await head();
    for (const answer of [await page('segments', 0), await page('segments', 1, epoch - 1)]) {
      expect(answer.status).toBe(410);
      expect(answer.headers.get('link')).toBe(`</v1/events/${EVENT}/${epoch}/snapshots/${n}>; rel="latest-version"`);
    }
  });

  it('know no other event and no epoch to come', async () => {
    const unknown = await get(`/v1/events/nowhere/head/1000/${slot()}`);
    expect(unknown.status).toBe(404);
    expect(unknown.headers.get('cache-control')).toBe('no-store');
    expect((await page('segments', 1, (await head()).epoch + 1)).status).toBe(503);
    expect((await get('/v1/events')).status).toBe(404);
    expect((await page('chapters', 1)).status).toBe(404);
  });
});
