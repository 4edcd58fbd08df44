import { readSocial } from '@groundswell/contracts';
import { jest } from '@jest/globals';
import { eventually, useNats, useRedis } from '@groundswell/testing';
import { Harness } from './harness.js';
import { storedIn } from './log-reader.js';

jest.setTimeout(60_000);

const nats = useNats();
const redis = useRedis();
let ingest: Harness;

beforeAll(async () => {
  ingest = await Harness.start(nats, redis);
});
afterAll(() => ingest.stop());

const edge = (a: number, b: number) => `{"t":"edge","a":"m${a}","b":"m${b}"}\n`;
const send = (body: string, { from = 0, key }: { from?: number; key?: string } = {}) =>
  ingest.call('POST', `/v1/social/import?from=${from}`, {
    as: 'importer',
    roles: ['import'],
    body,
    type: 'application/x-ndjson',
    ...(key ? { key } : {}),
  });
const friendsOf = async (member: string) => {
  const { body } = await ingest.call('GET', '/v1/friends', { as: member });
  return (body['friends'] as { id: string; name: string }[] | undefined)?.map(({ name }) => name);
};
const messages = async () => (await storedIn(nats.url, 'SOCIAL')).map((stored) => readSocial(stored)!);

describe('import', () => {
  it('stores edges and profiles in messages of up to 500, and projects them', async () => {
    const lines = Array.from({ length: 1201 }, (_, i) => edge(0, i + 1)).join('');
    const { status, body } = await send(`{"t":"profile","id":"m7","name":"Seven"}\n${lines}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({ t: 'done', line: 1202, edges: 1201, profiles: 1 });
    const sizes = (await messages()).map((m) =>
      'edges' in m.message ? m.message.edges.length : 'profiles' in m.message ? m.message.profiles.length : 0,
    );
    expect(sizes).toEqual([1, 500, 500, 201]);
    await eventually(async () => (await friendsOf('m0'))?.length === 1201);
    expect(await friendsOf('m0')).toContain('Seven');
    expect(await friendsOf('m7')).toEqual(['m0']);
  });

  it('says which line is wrong, keeps what came before, and goes on from there', async () => {
    const lines = Array.from({ length: 80_000 }, (_, i) => edge(i + 10_000, i + 10_001));
    lines[69_999] = '{"t":"edge","a":"m1"}\n';
    const { body } = await send(lines.join(''));
    expect(body).toMatchObject({ t: 'problem', code: 'invalid_body', line: 69_999 });
    expect(body['errors']).toEqual([{ at: 'line 70000', message: '"a" and "b" must be member ids' }]);
    await eventually(async () => (await friendsOf('m79998'))?.length === 2, { timeoutMs: 20_000 });
    lines[69_999] = edge(79_999, 80_000);
    expect((await send(lines.join(''), { from: 69_999 })).body).toMatchObject({
      t: 'done',
      line: 80_000,
      edges: 10_001,
    });
    await eventually(async () => (await friendsOf('m89999'))?.length === 2, { timeoutMs: 20_000 });
  });

  it('stores a repeat under the same key once', async () => {
    await send(edge(1, 2) + edge(3, 4), { key: 'import-1' });
    const before = (await messages()).length;
    await send(edge(1, 2) + edge(3, 4), { key: 'import-1' });
    expect(await messages()).toHaveLength(before);
  });

  const named = (...lines: [string, string][]) =>
    lines.map(([a, b]) => `${JSON.stringify({ t: 'edge', a, b })}\n`).join('');
  const listsOf = async (member: string) => (await ingest.call('GET', '/v1/friends', { as: member })).body;

  it('takes cycles as they are', async () => {
    const { body } = await send(named(['c1', 'c2'], ['c2', 'c3'], ['c3', 'c1']));
    expect(body).toMatchObject({ t: 'done', edges: 3 });
    expect(await Promise.all(['c1', 'c2', 'c3'].map(friendsOf))).toEqual([
      ['c2', 'c3'],
      ['c1', 'c3'],
      ['c1', 'c2'],
    ]);
  });

  it('counts duplicates as lines, in either direction, and a friendship of them stands once', async () => {
    const { body } = await send(named(['d1', 'd2'], ['d1', 'd2'], ['d2', 'd1']));
    expect(body).toMatchObject({ t: 'done', line: 3, edges: 3 });
    expect(await listsOf('d1')).toEqual({ friends: [{ id: 'd2', name: 'd2' }], asked: [], waiting: [] });
    await ingest.call('DELETE', '/v1/friends/d1', { as: 'd2' });
    expect(await friendsOf('d1')).toEqual([]);
  });

  it('takes ids that nobody has used: whoever signs in with one has the friends', async () => {
    await send(named(['e1', 'never-seen']));
    expect(await friendsOf('never-seen')).toEqual(['e1']);
  });

  it('refuses a self-loop with its line, and keeps what came before', async () => {
    const { body } = await send(named(['f1', 'f2'], ['f2', 'f2'], ['f3', 'f1']));
    expect(body).toMatchObject({ t: 'problem', code: 'invalid_body', line: 1 });
    expect(body['errors']).toEqual([{ at: 'line 2', message: 'nobody is their own friend' }]);
    expect(await friendsOf('f1')).toEqual(['f2']);
  });

  it('befriends nobody across a block', async () => {
    await ingest.call('PUT', '/v1/blocks/g2', { as: 'g1' });
    const { body } = await send(named(['g1', 'g2'], ['g1', 'g3']));
    expect(body).toMatchObject({ t: 'done', edges: 2 });
    expect([await friendsOf('g1'), await friendsOf('g2')]).toEqual([['g3'], []]);
  });

  it.each([
    ['a line that never ends', 'x'.repeat(100_000), 'line 1'],
    ['no JSON', `${edge(1, 2)}what\n`, 'line 2'],
  ])('refuses %s', async (_, body, at) => {
    const answer = await send(body);
    expect(answer.body).toMatchObject({ t: 'problem', errors: [{ at }] });
  });

  it('needs the role, and lines of JSON', async () => {
    const body = edge(1, 2);
    expect(
      (await ingest.call('POST', '/v1/social/import', { as: 'ada', body, type: 'application/x-ndjson' })).status,
    ).toBe(403);
    const asJson = { as: 'i', roles: ['import' as const] as ['import'], body: { t: 'edge' } };
    expect((await ingest.call('POST', '/v1/social/import', asJson)).status).toBe(415);
    expect((await send(edge(1, 2), { from: -1 })).status).toBe(400);
  });
});
