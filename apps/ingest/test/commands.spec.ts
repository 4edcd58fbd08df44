import { jest } from '@jest/globals';
import { readFeed } from '@groundswell/contracts';
import { eventually, useNats, useRedis } from '@groundswell/testing';
import { Harness } from './harness.js';
import { storedIn } from './log-reader.js';
import { idsIn } from './log-reader.js';

jest.setTimeout(60_000);

const nats = useNats();
const redis = useRedis();
let ingest: Harness;

beforeAll(async () => {
  ingest = await Harness.start(nats, redis, { postsPerMin: 3 });
  await ingest.event('final');
});
afterAll(() => ingest.stop());

describe('statuses and comments', () => {
  it('are answered with their position after the log has them', async () => {
    const { status, body, headers } = await ingest.post('final', 'first');
    expect(status).toBe(201);
    expect(body).toEqual({ id: expect.any(String), seq: expect.any(Number), at: expect.any(Number) });
    expect(headers.get('location')).toBe(`/v1/events/final/statuses/${String(body['id'])}`);
    expect(await idsIn(nats.url, 'final')).toContain(body['id']);
  });

  it('can be answered and commented on at once, by anybody', async () => {
    const story = (await ingest.post('final', 'story')).body['id'] as string;
    const path = `/v1/events/final/statuses/${story}/comments`;
    const comment = await ingest.call('POST', path, { as: 'ben', roles: ['member', 'load'], body: { text: 'reply' } });
    expect(comment.status).toBe(201);
    const deeper = { text: 'deeper', inReplyTo: comment.body['id'] as string };
    expect((await ingest.call('POST', path, { as: 'ada', roles: ['member', 'load'], body: deeper })).status).toBe(201);
  });

  it('are stored once for a key, and the key belongs to one request', async () => {
    const first = await ingest.post('final', 'once', { key: 'key-1' });
    const again = await ingest.post('final', 'once', { key: 'key-1' });
    expect(again.body).toEqual(first.body);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    const other = await ingest.post('final', 'something else', { key: 'key-1' });
    expect(other).toMatchObject({ status: 422, body: { code: 'idempotency_conflict' } });
    const ids = await idsIn(nats.url, 'final');
    expect(ids.filter((id) => id === first.body['id'])).toHaveLength(1);
  });

  it('are stored once for a key even when Redis has forgotten it', async () => {
    const first = await ingest.post('final', 'remembered by the log', { key: 'key-2' });
    await redis.kill();
    const again = await ingest.post('final', 'remembered by the log', { key: 'key-2' });
    expect(again).toMatchObject({ status: 201, body: first.body });
    await redis.restart();
    await ingest.viewsUp();
  });

  it('can be taken back by their author, and by nobody else', async () => {
    const id = (await ingest.post('final', 'regretted')).body['id'] as string;
    const path = `/v1/events/final/statuses/${id}`;
    expect(await ingest.call('DELETE', path, { as: 'ben' })).toMatchObject({
      status: 403,
      body: { code: 'forbidden' },
    });
    const gone = await ingest.call('DELETE', path, { as: 'ada' });
    expect(gone.status).toBe(200);
    await eventually(async () => (await ingest.call('DELETE', path, { as: 'ben' })).status === 404);
    expect((await ingest.call('DELETE', path, { as: 'ada' })).body['seq']).toBe(gone.body['seq']);
    const comment = { as: 'ben', roles: ['member', 'load' as const] as ['member', 'load'], body: { text: 'too late' } };
    expect((await ingest.call('POST', `${path}/comments`, comment)).status).toBe(404);
  });

  it('H6: can be taken back by an operator, those for friends too; the log names their author', async () => {
    const statuses = '/v1/events/final/statuses';
    for (const audience of ['everyone', 'friends']) {
      const { body } = await ingest.call('POST', statuses, {
        as: 'ada',
        body: { text: 'against the rules', audience },
      });
      const path = `${statuses}/${body['id'] as string}`;
      expect(await ingest.call('DELETE', path, { as: 'olga', roles: ['operator'] })).toMatchObject({ status: 200 });
      const records = (await storedIn(nats.url, 'EVENTS')).flatMap((stored) => readFeed(stored) ?? []);
      expect(records.findLast(({ kind }) => kind === 'retract')).toMatchObject({
        audience,
        message: { id: body['id'], author: 'ada' },
      });
    }
  });

  it('for friends only can be commented on by friends, and do not exist for others', async () => {
    await ingest.call('PUT', '/v1/friends/fay', { as: 'ada' });
    await ingest.call('PUT', '/v1/friends/ada', { as: 'fay' });
    await eventually(
      async () => ((await ingest.call('GET', '/v1/friends', { as: 'fay' })).body['friends'] as unknown[]).length === 1,
    );
    const id = (await ingest.post('final', 'secret', { body: { text: 'secret', audience: 'friends' } })).body[
      'id'
    ] as string;
    const comment = (as: string) =>
      ingest.call('POST', `/v1/events/final/statuses/${id}/comments`, {
        as,
        roles: ['member', 'load'],
        body: { text: 'x' },
      });
    expect((await comment('fay')).status).toBe(201);
    expect(await comment('eve')).toMatchObject({ status: 404, body: { code: 'unknown_status' } });
  });
});

describe('bad input', () => {
  it.each([
    ['JSON that ends early', '{"text":', 400, 'invalid_json'],
    ['no object', '[]', 400, 'invalid_json'],
    ['an unknown field', { text: 'x', mood: 'fine' }, 400, 'invalid_body'],
    ['a wrong type', { text: 7 }, 400, 'invalid_body'],
    ['no text', {}, 400, 'invalid_body'],
    ['an empty text', { text: ' \n ' }, 422, 'invalid_text'],
    ['a control character', { text: 'bell\u0007' }, 422, 'invalid_text'],
    ['half a surrogate pair', '{"text":"\\ud83d"}', 422, 'invalid_text'],
    ['421 code points', { text: '😀'.repeat(421) }, 422, 'invalid_text'],
    ['an audience that does not exist', { text: 'x', audience: 'foes' }, 400, 'invalid_body'],
    ['a body of 1 MB', { text: 'x'.repeat(1_000_000) }, 413, 'too_large'],
  ])('refuses %s', async (_, body, status, code) => {
    const answer = await ingest.post('final', '', { body });
    expect(answer).toMatchObject({ status, body: { status, code } });
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect((answer.body['detail'] as string).length).toBeGreaterThan(5);
  });

  it('takes 420 code points', async () => {
    expect((await ingest.post('final', '😀'.repeat(420))).status).toBe(201);
  });

  it('refuses another content type', async () => {
    const answer = await ingest.post('final', '', { body: 'text=x', type: 'application/x-www-form-urlencoded' });
    expect(answer.status).toBe(415);
  });

  it('refuses events that do not exist or have ended', async () => {
    expect(await ingest.post('nowhere', 'x')).toMatchObject({ status: 404, body: { code: 'unknown_event' } });
    expect(await ingest.post('No Such', 'x')).toMatchObject({ status: 400, body: { code: 'invalid_parameter' } });
    await ingest.event('over');
    const early = await ingest.post('over', 'while it is on');
    const operator = { as: 'operator', roles: ['operator' as const] as ['operator'] };
    expect((await ingest.call('PATCH', '/v1/events/over', { ...operator, body: { state: 'ended' } })).status).toBe(200);
    expect(await ingest.post('over', 'x')).toMatchObject({ status: 409, body: { code: 'event_ended' } });
    const regretted = `/v1/events/over/statuses/${early.body['id'] as string}`;
    expect((await ingest.call('DELETE', regretted, { as: 'ada' })).status).toBe(200);
  });

  it('refuses tokens that are missing, forged, expired or of another role', async () => {
    expect(await ingest.call('POST', '/v1/events/final/statuses', { body: { text: 'x' } })).toMatchObject({
      status: 401,
      body: { code: 'unauthorized' },
    });
    const send = async (token: string) => {
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
      return (await fetch(`${ingest.url}/v1/events/final/statuses`, { method: 'POST', headers, body: '{"text":"x"}' }))
        .status;
    };
    expect(await send(await ingest.mint.mint('ada', { ttlS: -10 }))).toBe(401);
    expect(await send(`${await ingest.mint.mint('ada')}x`)).toBe(401);
    expect(await ingest.call('POST', '/v1/events', { as: 'ada', body: { id: 'mine', title: 'x' } })).toMatchObject({
      status: 403,
      body: { code: 'forbidden' },
    });
  });

  it('limits what one member posts, and not what the role load does', async () => {
    const post = () => ingest.call('POST', '/v1/events/final/statuses', { as: 'gus', body: { text: 'x' } });
    expect((await post()).status).toBe(201);
    expect((await post()).status).toBe(201);
    expect((await post()).status).toBe(201);
    const refused = await post();
    expect(refused).toMatchObject({ status: 429, body: { code: 'too_many_requests' } });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await ingest.post('final', 'x', { as: 'gus' })).status).toBe(201);
  });

  it('refuses comments on what is no status, and ids of another form', async () => {
    const comment = (id: string) =>
      ingest.call('POST', `/v1/events/final/statuses/${id}/comments`, {
        as: 'ada',
        roles: ['member', 'load'],
        body: { text: 'x' },
      });
    expect(await comment('x'.repeat(16))).toMatchObject({ status: 404, body: { code: 'unknown_status' } });
    expect(await comment('short')).toMatchObject({ status: 400, body: { code: 'invalid_parameter' } });
  });

  it('refuses an Idempotency-Key that is none', async () => {
    expect(await ingest.post('final', 'x', { key: 'x'.repeat(129) })).toMatchObject({
      status: 400,
      body: { code: 'invalid_idempotency_key' },
    });
  });

  it('refuses to befriend oneself', async () => {
    expect((await ingest.call('PUT', '/v1/friends/ada', { as: 'ada' })).status).toBe(400);
  });
});
