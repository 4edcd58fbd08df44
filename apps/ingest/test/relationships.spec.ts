import { jest } from '@jest/globals';
import { connectBus, consumeOrdered } from '@groundswell/bus';
import { SOCIAL } from '@groundswell/contracts';
import { RELATIONSHIP_STATUSES } from '@groundswell/protocol';
import { connectStore, leaseDue, OWN_NETWORK, type Store } from '@groundswell/store';
import { useNats, useRedis } from '@groundswell/testing';
import { Harness } from './harness.js';

jest.setTimeout(60_000);

const nats = useNats();
const redis = useRedis();
let ingest: Harness;
let store: Store;
let cast = 0;
/** Members of one test, so that no limit is shared. */
let ada: string;
let sue: string;

beforeAll(async () => {
  ingest = await Harness.start(nats, redis, { watchesMax: 4, watchesPerDay: 6 });
  store = await connectStore({ url: redis.url });
});
afterAll(() => Promise.all([ingest.stop(), store.close()]));
beforeEach(async () => {
  cast++;
  [ada, sue] = [`ada${cast}`, `sue${cast}`];
  await befriend(ada, sue);
});

const get = async (as: string, path: string) => (await ingest.call('GET', path, { as })).body;
const put = (as: string, path: string, body?: object) => ingest.call('PUT', path, { as, ...(body ? { body } : {}) });
const remove = (as: string, path: string) => ingest.call('DELETE', path, { as });
const befriend = async (a: string, b: string): Promise<void> => {
  await put(a, `/v1/friends/${b}`);
  await put(b, `/v1/friends/${a}`);
};
const codeOf = ({ status, body }: Awaited<ReturnType<typeof put>>) => [status, body['code']];

describe('a relationship status', () => {
  it('is nothing at first, then what was published last, then nothing again', async () => {
    const nothing = { value: null, visibility: 'friends', quiet: false, settle: 'usual', since: null };
    expect(await get(sue, '/v1/relationship')).toEqual(nothing);
    const before = Date.now();
    expect(await put(sue, '/v1/relationship', { value: 'engaged' })).toMatchObject({ status: 200 });
    const first = await get(sue, '/v1/relationship');
    expect(first).toEqual({ ...nothing, value: 'engaged', since: expect.any(Number) });
    expect(first['since']).toBeGreaterThanOrEqual(before);
    await put(sue, '/v1/relationship', { value: 'married', visibility: 'nobody', quiet: true, settle: 'day' });
    expect(await get(sue, '/v1/relationship')).toMatchObject({
      value: 'married',
      visibility: 'nobody',
      quiet: true,
      settle: 'day',
    });
    await remove(sue, '/v1/relationship');
    expect(await get(sue, '/v1/relationship')).toEqual(nothing);
  });

  it.each([
    {},
    { value: 'happy' },
    { value: null },
    { value: 'single', with: 'tom' },
    { value: 'single', quiet: 'yes' },
    { value: 'single', visibility: 'all' },
    { value: 'single', settle: 5 },
  ])('is refused as %j, with what it must be', async (body) => {
    const answer = await put(sue, '/v1/relationship', body);
    expect(codeOf(answer)).toEqual([400, 'invalid_body']);
    expect(answer.body['errors']).toHaveLength(1);
    expect((await get(sue, '/v1/relationship'))['value']).toBeNull();
  });

  it('can be each of twelve', async () => {
    expect(RELATIONSHIP_STATUSES).toHaveLength(12);
    for (const value of RELATIONSHIP_STATUSES) {
      expect((await put(sue, '/v1/relationship', { value })).status).toBe(200);
    }
    expect((await get(sue, '/v1/relationship'))['value']).toBe('widowed');
  });

  it('is not in the log for anybody without the key', async () => {
    await put(sue, '/v1/relationship', { value: 'its_complicated' });
    await put(ada, `/v1/watches/${sue}`);
    const bus = await connectBus({ servers: nats.url, name: 'spec' });
    const stored: string[] = [];
    const ended = new AbortController();
    const reading = await consumeOrdered({
      bus,
      stream: SOCIAL.name,
      filter: 'gs.v1.private.>',
      from: { seq: 1 },
      signal: ended.signal,
      onMessages: (batch) => void stored.push(...batch.map(({ data }) => Buffer.from(data).toString())),
      onCaughtUp: () => ended.abort(),
    });
    await reading.done;
    await bus.close();
    const ofAda = stored.filter((text) => text.includes(`"${ada}"`));
    expect(ofAda).toHaveLength(1);
    expect(ofAda[0]).not.toContain(sue);
    expect(stored.join('')).not.toContain('its_complicated');
  });
});

describe('consent', () => {
  it('is to be asked at first, and what was said last from then on', async () => {
    expect(await get(sue, '/v1/relationship/consent')).toEqual({ mode: 'ask' });
    await put(sue, '/v1/relationship/consent', { mode: 'mutuals' });
    expect(await get(sue, '/v1/relationship/consent')).toEqual({ mode: 'mutuals' });
    expect(codeOf(await put(sue, '/v1/relationship/consent', { mode: 'everybody' }))).toEqual([400, 'invalid_body']);
  });

  it('names who watches, and what was said to them, to nobody but the one who is watched', async () => {
    await put(ada, '/v1/profile', { name: 'Ada L.' });
    await put(ada, `/v1/watches/${sue}`);
    const watchers = () => get(sue, '/v1/relationship/watchers');
    expect(await watchers()).toEqual({ watchers: [{ id: ada, name: 'Ada L.', answer: null }] });
    const before = await get(ada, '/v1/watches');
    await put(sue, `/v1/relationship/watchers/${ada}`);
    expect(await watchers()).toEqual({ watchers: [{ id: ada, name: 'Ada L.', answer: 'allowed' }] });
    await remove(sue, `/v1/relationship/watchers/${ada}`);
    expect(await watchers()).toEqual({ watchers: [{ id: ada, name: 'Ada L.', answer: 'refused' }] });
    expect(await get(ada, '/v1/watches')).toEqual(before);
    expect(codeOf(await put(sue, `/v1/relationship/watchers/${sue}`))).toEqual([400, 'invalid_parameter']);
  });
});

describe('watching', () => {
  it('is for friends, and can be taken back', async () => {
    expect(codeOf(await put(ada, '/v1/watches/stranger'))).toEqual([403, 'not_friends']);
    expect(codeOf(await put(ada, `/v1/watches/${ada}`))).toEqual([400, 'invalid_parameter']);
    expect((await put(ada, `/v1/watches/${sue}`)).status).toBe(200);
    expect(await get(ada, '/v1/watches')).toEqual({
      watches: [{ id: sue, name: sue, delay: 'none' }],
      elsewhere: [],
      most: 4,
    });
    expect((await put(ada, `/v1/watches/${sue}/delay`, { delay: 'day' })).status).toBe(200);
    expect((await put(ada, `/v1/watches/${sue}`)).status).toBe(200);
    expect(await get(ada, '/v1/watches')).toMatchObject({ watches: [{ id: sue, delay: 'day' }] });
    await remove(ada, `/v1/watches/${sue}`);
    expect(await get(ada, '/v1/watches')).toEqual({ watches: [], elsewhere: [], most: 4 });
    expect(codeOf(await put(ada, `/v1/watches/${sue}/delay`, { delay: 'hour' }))).toEqual([409, 'not_watched']);
    expect(codeOf(await put(ada, `/v1/watches/${sue}/delay`, { delay: 'week' }))).toEqual([400, 'invalid_body']);
    await put(ada, `/v1/watches/${sue}`);
    expect(await get(ada, '/v1/watches')).toMatchObject({ watches: [{ id: sue, delay: 'none' }] });
    await remove(ada, `/v1/watches/${sue}`);
  });

  it('says the same whether the friend shows anything or not', async () => {
    await put(sue, '/v1/relationship/consent', { mode: 'off' });
    const off = await put(ada, `/v1/watches/${sue}`);
    expect([off.status, Object.keys(off.body)]).toEqual([200, ['seq']]);
  });

  it('has a bound, which says what to do', async () => {
    const friends = Array.from({ length: 5 }, (_, i) => `friend${cast}-${i}`);
    for (const friend of friends) await befriend(ada, friend);
    for (const friend of friends.slice(0, 4)) expect((await put(ada, `/v1/watches/${friend}`)).status).toBe(200);
    const fifth = await put(ada, `/v1/watches/${friends[4]!}`);
    expect(codeOf(fifth)).toEqual([409, 'too_many_watches']);
    expect(fifth.body['detail']).toContain('take one back');
    expect((await put(ada, `/v1/watches/${friends[0]!}`)).status).toBe(200);
  });

  it('is not to be switched on and off all day', async () => {
    const codes: unknown[] = [];
    for (let i = 0; i < 30; i++) {
      codes.push((await put(ada, `/v1/watches/${sue}`)).status);
      await remove(ada, `/v1/watches/${sue}`);
    }
    expect(codes.filter((code) => code === 200)).toHaveLength(6);
    expect(new Set(codes.slice(6))).toEqual(new Set([429]));
    expect(await get(ada, '/v1/watches')).toMatchObject({ watches: [] });
  });

  it('is due at once, and again when the friend has published something that has settled', async () => {
    const due = (now: number) => leaseDue(store, { check: OWN_NETWORK }, { now, until: now + 1e9, limit: 6_400 });
    await put(ada, `/v1/watches/${sue}`);
    await ingest.viewsUp();
    expect(await due(Date.now())).toContain(ada);
    expect(await due(Date.now())).not.toContain(ada);
    await put(sue, '/v1/relationship', { value: 'single', quiet: true });
    await ingest.viewsUp();
    expect(await due(Date.now() + 20 * 60_000)).not.toContain(ada);
    await put(sue, '/v1/relationship', { value: 'engaged' });
    await ingest.viewsUp();
    expect(await due(Date.now() + 9 * 60_000)).not.toContain(ada);
    expect(await due(Date.now() + 11 * 60_000)).toContain(ada);
  });

  it('needs a token', async () => {
    expect((await ingest.call('PUT', `/v1/watches/${sue}`)).status).toBe(401);
    expect((await ingest.call('GET', '/v1/relationship/watchers')).status).toBe(401);
  });
});
