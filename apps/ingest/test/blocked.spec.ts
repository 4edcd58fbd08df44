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
const comment = (as: string, id: string) => say(as, 'POST', `events/final/statuses/${id}/comments`, { text: 'x' });
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
