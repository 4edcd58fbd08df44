import { jest } from '@jest/globals';
import { eventually, useNats, useRedis } from '@groundswell/testing';
import { Harness } from './harness.js';

jest.setTimeout(60_000);

const nats = useNats();
const redis = useRedis();
let ingest: Harness;
let story: string;

const say = (as: string, verb: string, path: string, body?: object) =>
  ingest.call(verb, `/v1/${path}`, { as, roles: ['member', 'load'], ...(body ? { body } : {}) });
const comment = (as: string, id: string, more: object = {}) =>
  say(as, 'POST', `events/final/statuses/${id}/comments`, { text: 'x', ...more });
const like = (as: string, id: string, verb = 'PUT') => say(as, verb, `events/final/statuses/${id}/like`);
/** Once their list shows it, the view of that member has the block. */
const block = async (as: string, other: string) => {
  await say(as, 'PUT', `blocks/${other}`);
  await say(as, 'GET', 'blocks');
  await say(other, 'GET', 'blocks');
};
const refused = { status: 403, body: { code: 'blocked' } };

beforeAll(async () => {
  ingest = await Harness.start(nats, redis);
  await ingest.event('final');
  story = (await ingest.post('final', 'a story')).body['id'] as string;
});
afterAll(() => ingest.stop());

describe('a public status', () => {
  it('is not commented on or liked by those whom its author blocks, until the block is lifted', async () => {
    expect((await comment('ben', story)).status).toBe(201);
    await block('ada', 'ben');
    expect(await comment('ben', story)).toMatchObject(refused);
    expect(await like('ben', story)).toMatchObject(refused);
    await say('ada', 'DELETE', 'blocks/ben');
    await eventually(async () => (await comment('ben', story)).status === 201);
    expect((await like('ben', story)).status).toBe(200);
  });

  it('is not commented on or liked by those who block its author; what was liked before can be taken back', async () => {
    expect((await like('cy', story)).status).toBe(200);
    await block('cy', 'ada');
    expect(await comment('cy', story)).toMatchObject(refused);
    expect(await like('cy', story)).toMatchObject(refused);
    expect((await like('cy', story, 'DELETE')).status).toBe(200);
  });

  it('is commented on and liked by those whom its author mutes, as if nothing were', async () => {
    await say('ada', 'PUT', 'mutes/dan');
    await say('ada', 'GET', 'mutes');
    expect((await comment('dan', story)).status).toBe(201);
    expect((await like('dan', story)).status).toBe(200);
  });
});

describe('a status for friends only', () => {
  it('is not there any more for a friend who is blocked', async () => {
    await say('ada', 'PUT', 'friends/eve');
    await say('eve', 'PUT', 'friends/ada');
    const body = { text: 'secret', audience: 'friends' };
    const secret = (await ingest.post('final', '', { body })).body['id'] as string;
    expect((await comment('eve', secret)).status).toBe(201);
    await say('ada', 'PUT', 'blocks/eve');
    const hidden = { status: 404, body: { code: 'unknown_status' } };
    expect(await comment('eve', secret)).toMatchObject(hidden);
    expect(await like('eve', secret)).toMatchObject(hidden);
    expect(await say('eve', 'GET', `events/final/statuses/${secret}`)).toMatchObject({ status: 404 });
  });
});

describe('a comment', () => {
  it('is not answered across a block, whoever set it; elsewhere on the same story all is as before', async () => {
    const id = async (answer: ReturnType<typeof comment>) => (await answer).body['id'] as string;
    const first = await id(comment('gus', story));
    await block('gus', 'hal');
    expect(await comment('hal', story, { inReplyTo: first })).toMatchObject(refused);
    const own = await id(comment('hal', story));
    expect(await comment('gus', story, { inReplyTo: own })).toMatchObject(refused);
    expect((await comment('ivy', story, { inReplyTo: own })).status).toBe(201);
    await say('gus', 'DELETE', 'blocks/hal');
    await eventually(async () => (await comment('hal', story, { inReplyTo: first })).status === 201);
  });
});

describe('a thread', () => {
  const thread = (as: string | undefined, id: string) =>
    ingest.call('GET', `/v1/events/final/statuses/${id}`, as === undefined ? {} : { as });
  const authors = async (as: string | undefined, id: string) => {
    const { comments } = (await thread(as, id)).body as { comments?: { author: { id: string } }[] };
    return comments?.map(({ author }) => author.id).toReversed();
  };

  it('leaves out, at once, who is blocked in either direction and whom the reader mutes, for the reader alone', async () => {
    const of = (await ingest.post('final', 'discussed')).body['id'] as string;
    for (const as of ['kim', 'lou', 'max', 'ned']) await comment(as, of);
    await say('lou', 'PUT', 'blocks/kim');
    await say('kim', 'PUT', 'mutes/max');
    expect(await authors('kim', of)).toEqual(['kim', 'ned']);
    expect(await authors('lou', of)).toEqual(['lou', 'max', 'ned']);
    for (const as of ['max', 'ned', undefined]) expect(await authors(as, of)).toEqual(['kim', 'lou', 'max', 'ned']);
    const page = await ingest.call('GET', `/v1/events/final/statuses/${of}?limit=2`, { as: 'kim' });
    expect(page.body).toMatchObject({ comments: [{ author: { id: 'ned' } }, { author: { id: 'kim' } }] });
    await say('lou', 'DELETE', 'blocks/kim');
    expect(await authors('kim', of)).toEqual(['kim', 'lou', 'ned']);
  });

  it('of an author across a block is as unknown as one that never was, in both directions', async () => {
    await say('ada', 'PUT', 'blocks/oda');
    const unknown = await thread('oda', 'x'.repeat(16));
    expect([unknown.status, (await thread('oda', story)).body]).toEqual([404, unknown.body]);
    const own = (await ingest.post('final', 'mine', { as: 'oda' })).body['id'] as string;
    expect(await thread('ada', own)).toMatchObject({ status: 404, body: unknown.body });
    expect((await thread(undefined, story)).status).toBe(200);
  });

  it('for who is signed in is for no cache, nor is a refusal for anybody', async () => {
    const headers = async (as: string | undefined, id: string) => {
      const answer = await thread(as, id);
      return [answer.status, answer.headers.get('cache-control'), answer.headers.get('vary')];
    };
    expect(await headers('pat', story)).toEqual([200, 'private, no-store', 'Authorization']);
    expect(await headers('oda', story)).toEqual([404, 'private, no-store', 'Authorization']);
    expect(await headers(undefined, 'x'.repeat(16))).toEqual([404, 'no-store', 'Authorization']);
    expect(await headers(undefined, story)).toEqual([200, 'public, max-age=5', 'Authorization']);
  });
});
