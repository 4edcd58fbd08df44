import { jest } from '@jest/globals';
import type { HistoryBody, ThreadBody } from '@groundswell/protocol';
import { eventually, useNats, useRedis } from '@groundswell/testing';
import { Harness } from './harness.js';

jest.setTimeout(60_000);

const nats = useNats();
const redis = useRedis();
let ingest: Harness;
const roles = ['member' as const, 'load' as const];

beforeAll(async () => {
  ingest = await Harness.start(nats, redis);
  await ingest.event('final');
  await ingest.event('other');
});
afterAll(() => ingest.stop());

const post = async (text: string, { event = 'final', audience = 'everyone', as = 'ada' } = {}) =>
  (await ingest.call('POST', `/v1/events/${event}/statuses`, { as, roles, body: { text, audience } })).body[
    'id'
  ] as string;
const history = async (query = '', event = 'final') => {
  const { status, body, headers } = await ingest.call('GET', `/v1/events/${event}/statuses${query}`);
  return { status, headers, body: body as unknown as HistoryBody };
};
const ids = ({ stories }: HistoryBody) => stories.map(({ add }) => add.id);

/** Every page from the newest on. */
async function everything(limit: number, event = 'final'): Promise<string[]> {
  const found: string[] = [];
  let before: number | null | undefined;
  while (before !== null) {
    const { body } = await history(`?limit=${limit}${before === undefined ? '' : `&before=${before}`}`, event);
    found.push(...ids(body));
    before = body.before;
  }
  return found;
}

describe('the history of an event', () => {
  it('has every public status once, newest first, whatever the size of a page', async () => {
    expect((await history()).body).toEqual({ t: 'history', stories: [], before: null });
    const posted: string[] = [];
    for (let i = 0; i < 12; i++) posted.push(await post(`text ${i} #tag`));
    await post('for friends', { audience: 'friends' });
    await post('elsewhere', { event: 'other' });
    for (const limit of [1, 5, 12, 100]) expect(await everything(limit)).toEqual(posted.toReversed());
    const { body, headers } = await history('?limit=1');
    expect(headers.get('cache-control')).toBe('public, max-age=5');
    expect(body.stories[0]).toMatchObject({
      add: { t: 'add', text: 'text 11 #tag', facets: [{ kind: 'tag' }], author: { id: 'ada' } },
      comments: [],
      commentCount: 0,
      likes: 0,
    });
  });

  it('shows at once what has just been said, and no longer what was taken back', async () => {
    const id = await post('just now');
    expect(ids((await history('?limit=1')).body)).toEqual([id]);
    await ingest.call('DELETE', `/v1/events/final/statuses/${id}`, { as: 'ada' });
    const { body } = await history('?limit=3');
    expect(ids(body)).toHaveLength(3);
    expect(JSON.stringify(body)).not.toContain('just now');
  });

  it('is rebuilt when Redis loses it, and never shown in part', async () => {
    const before = await everything(100);
    await redis.kill();
    expect((await history()).body).toMatchObject({ code: 'view_behind' });
    await redis.restart();
    await eventually(async () => (await history()).status === 200, { timeoutMs: 10_000 });
    expect(await everything(100)).toEqual(before);
  });

  it.each(['?before=0', '?before=-1', '?before=x', '?before=9007199254740992', '?limit=0', '?limit=101', '?limit=1e1'])(
    'refuses %s',
    async (query) => {
      expect(await history(query)).toMatchObject({ status: 400, body: { code: 'invalid_parameter' } });
    },
  );

  it('knows no other event', async () => {
    expect(await history('', 'nowhere')).toMatchObject({ status: 404, body: { code: 'unknown_event' } });
  });
});

describe('a thread', () => {
  const thread = async (id: string, query = '', as?: string) => {
    const { status, body, headers } = await ingest.call(
      'GET',
      `/v1/events/final/statuses/${id}${query}`,
      as === undefined ? {} : { as },
    );
    return { status, headers, body: body as unknown as ThreadBody };
  };
  const comment = async (id: string, text: string) =>
    (await ingest.call('POST', `/v1/events/final/statuses/${id}/comments`, { as: 'ben', roles, body: { text } })).body[
      'id'
    ] as string;

  it('has all comments, page by page, also beyond the newest fifty, and the counts', async () => {
    const story = await post('discussed');
    const comments: string[] = [];
    for (let i = 0; i < 55; i++) comments.push(await comment(story, `comment ${i}`));
    await ingest.call('PUT', `/v1/events/final/statuses/${story}/like`, { as: 'cy' });
    const found: string[] = [];
    let before: number | null | undefined;
    while (before !== null) {
      const { body } = await thread(story, `?limit=20${before === undefined ? '' : `&before=${before}`}`);
      found.push(...body.comments.map(({ id }) => id));
      before = body.before;
    }
    expect(found).toEqual(comments.toReversed());
    await eventually(async () => (await thread(story)).body.story.likes === 1);
    const { body, headers } = await thread(story);
    expect(body.story).toMatchObject({ add: { id: story, text: 'discussed' }, commentCount: 55 });
    expect(headers.get('cache-control')).toBe('public, max-age=5');
  });

  it('of a friends-only status is for who may see it, and for no cache', async () => {
    const story = await post('among friends', { audience: 'friends' });
    expect((await thread(story)).status).toBe(404);
    expect((await thread(story, '', 'stranger')).status).toBe(404);
    const own = await thread(story, '', 'ada');
    expect([own.status, own.headers.get('cache-control')]).toEqual([200, 'private, no-store']);
    expect(own.headers.get('vary')).toBe('Authorization');
  });

  it('needs no token, but takes no bad one', async () => {
    const story = await post('open');
    const forged = await fetch(`${ingest.url}/v1/events/final/statuses/${story}`, {
      headers: { authorization: 'Bearer forged' },
    });
    expect(forged.status).toBe(401);
    expect((await thread(story)).status).toBe(200);
  });

  it('is not there for what was taken back, nor for a comment', async () => {
    const story = await post('regretted');
    const reply = await comment(story, 'reply');
    expect((await thread(reply)).status).toBe(404);
    await ingest.call('DELETE', `/v1/events/final/statuses/${story}`, { as: 'ada' });
    expect(await thread(story)).toMatchObject({ status: 404, body: { code: 'unknown_status' } });
  });
});
