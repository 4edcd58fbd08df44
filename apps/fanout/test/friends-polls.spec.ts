import { jest } from '@jest/globals';
import type { Role } from '@groundswell/contracts';
import {
  CURSOR_HEADER,
  paths,
  POLL_MS_HEADER,
  type FriendsItemsBody,
  type FriendsSnapBody,
  type Problem,
} from '@groundswell/protocol';
import { eventually, useNats, useRedis } from '@groundswell/testing';
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
  await harness.friendship('vera', 'ada', true);
  node = await harness.node();
  await eventually(async () => (await poll('vera')).status === 200);
});
afterAll(() => harness.stop());

const ask = (query: string, headers: Record<string, string>, event = EVENT) =>
  fetch(`http://127.0.0.1:${node.port}${paths.friendsPoll(event)}${query}`, { headers });
const bearer = async (member: string, roles: Role[] = ['member']) => ({
  authorization: `Bearer ${await harness.mint.mint(member, { roles })}`,
});

/** One poll of a member; the cursor is that of the header. */
async function poll(member: string, after?: string, rank?: string) {
  const query = new URLSearchParams({ ...(after ? { after } : {}), ...(rank ? { rank } : {}) });
  const answer = await ask(`?${query.toString()}`, await bearer(member));
  const text = await answer.text();
  return {
    status: answer.status,
    headers: answer.headers,
    cursor: answer.headers.get(CURSOR_HEADER)!,
    body: text === '' ? undefined : (JSON.parse(text) as FriendsItemsBody | FriendsSnapBody),
  };
}

const ids = (body: FriendsItemsBody | FriendsSnapBody | undefined) =>
  body?.t === 'items'
    ? body.items.flatMap(({ op }) => ('id' in op ? op.id : []))
    : body?.stories.map(({ add }) => add.id);

/** The first poll after a cursor that has something to say. */
const news = (member: string, after: string) =>
  eventually(async () => {
    const answer = await poll(member, after);
    return answer.status === 200 ? answer : undefined;
  });

describe('GET /v1/events/<event>/friends', () => {
  it('F1: starts from a snapshot, says nothing with a 204, and gives items after the cursor', async () => {
    const old = await harness.status(EVENT, 'ada');
    const start = await eventually(async () => {
      const answer = await poll('vera');
      return ids(answer.body)!.includes(old.id) ? answer : undefined;
    });
    expect(start.body).toMatchObject({ t: 'snap', tab: 'friends' });
    const quiet = await poll('vera', start.cursor);
    expect([quiet.status, quiet.body]).toEqual([204, undefined]);
    expect(quiet.headers.get(POLL_MS_HEADER)).toBe('5000');
    await harness.status(EVENT, 'ben');
    const fresh = await harness.status(EVENT, 'ada', { audience: 'friends' });
    const { body, cursor, headers } = await news('vera', quiet.cursor);
    expect(ids(body)).toEqual([fresh.id]);
    expect(body).toMatchObject({ t: 'items', more: false, pollMs: 5000 });
    expect(headers.get('cache-control')).toBe('private, no-store');
    const { next } = body as FriendsItemsBody;
    expect([cursor, next.seq >= fresh.seq]).toEqual([`${next.epoch}.${next.seq}`, true]);
    expect((await poll('vera', cursor)).status).toBe(204);
  });

  it('F3: gives a stranger nothing of what is for friends only', async () => {
    const { cursor } = await poll('eve');
    const secret = await harness.status(EVENT, 'ada', { audience: 'friends' });
    const own = await harness.status(EVENT, 'eve');
    expect(ids((await news('eve', cursor)).body)).toEqual([own.id]);
    expect(ids((await poll('eve')).body)).not.toContain(secret.id);
  });

  it('F1: takes a cursor from the future as nothing new, and begins anew with one of another epoch', async () => {
    const { cursor } = await poll('vera');
    const [epoch, seq] = cursor.split('.').map(Number);
    const ahead = `${epoch}.${seq! + 1_000_000}`;
    const future = await poll('vera', ahead);
    expect([future.status, future.cursor]).toEqual([204, ahead]);
    const older = await poll('vera', `${epoch! - 1}.${seq}`);
    expect(older.body).toMatchObject({ t: 'snap', reset: 'epoch' });
  });

  it('gives the snapshot in the order that is asked for', async () => {
    const story = await harness.status(EVENT, 'rana');
    await harness.comment(EVENT, 'ben', story, 'rana');
    const later = await harness.status(EVENT, 'rana');
    await eventually(async () => ids((await poll('rana')).body)!.length === 2);
    expect(ids((await poll('rana', undefined, 'latest')).body)).toEqual([later.id, story.id]);
    expect(ids((await poll('rana', undefined, 'top')).body)).toEqual([story.id, later.id]);
  });

  it.each<[number, string, string, () => Promise<Record<string, string>>]>([
    [401, 'unauthorized', '', async () => ({})],
    [401, 'unauthorized', '', async () => ({ authorization: 'Bearer x.y.z' })],
    [403, 'forbidden', '', () => bearer('otto', ['operator'])],
    [400, 'invalid_parameter', '?after=yesterday', () => bearer('vera')],
    [400, 'invalid_parameter', '?after=1.1&after=1.2', () => bearer('vera')],
    [400, 'invalid_parameter', '?after=1.99999999999999999', () => bearer('vera')],
    [400, 'invalid_parameter', '?rank=best', () => bearer('vera')],
  ])('answers %i %s to %j', async (status, code, query, headers) => {
    const answer = await ask(query, await headers());
    const problem = (await answer.json()) as Problem;
    expect([answer.status, problem.code, problem.detail.length > 20]).toEqual([status, code, true]);
  });

  it('counts those who poll for operators', async () => {
    await Promise.all([poll('olga'), poll('olga'), poll('piet')]);
    const ready = await fetch(`http://127.0.0.1:${node.port}/ready`);
    expect(((await ready.json()) as { pollers: number }).pollers).toBeGreaterThanOrEqual(2);
  });

  it('answers 404 to an event that it does not know', async () => {
    const answer = await ask('', await bearer('vera'), 'elsewhere');
    expect([answer.status, ((await answer.json()) as Problem).code]).toEqual([404, 'unknown_event']);
  });
});
