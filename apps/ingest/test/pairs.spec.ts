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
  ingest = await Harness.start(nats, redis, {
    openRequestsMax: 3,
    waitingRequestsMax: 2,
    friendshipsPerMin: 60,
    blocksPerMin: 60,
  });
});
afterAll(() => ingest.stop());

type Verb = 'PUT' | 'DELETE' | 'POST';
const say = (as: string, verb: Verb, path: string) => ingest.call(verb, `/v1/${path}`, { as });
const listed = async (as: string, list: 'friends' | 'blocks' | 'mutes') =>
  (await ingest.call('GET', `/v1/${list}`, { as })).body;
const nobody = { friends: [], asked: [], waiting: [] };
const messages = async () => (await storedIn(nats.url, 'SOCIAL')).map((stored) => readSocial(stored)!);
const befriend = async (a: string, b: string) => {
  await say(a, 'PUT', `friends/${b}`);
  await say(b, 'PUT', `friends/${a}`);
};

describe('friendships', () => {
  it('are asked for and accepted, and each side sees what is theirs at once', async () => {
    expect(await say('a1', 'PUT', 'friends/a2')).toMatchObject({ status: 200, body: { seq: expect.any(Number) } });
    expect(await listed('a1', 'friends')).toEqual({ ...nobody, asked: [{ id: 'a2', name: 'a2' }] });
    expect(await listed('a2', 'friends')).toEqual({ ...nobody, waiting: [{ id: 'a1', name: 'a1' }] });
    expect((await say('a2', 'POST', 'friends/a1/acceptance')).status).toBe(200);
    expect(await listed('a1', 'friends')).toEqual({ ...nobody, friends: [{ id: 'a2', name: 'a2' }] });
  });

  it('are not accepted unless they were asked for, nor after they were cancelled', async () => {
    const notAsked = { status: 409, body: { code: 'not_asked' } };
    expect(await say('b1', 'POST', 'friends/b2/acceptance')).toMatchObject(notAsked);
    await say('b1', 'PUT', 'friends/b2');
    expect(await say('b1', 'POST', 'friends/b2/acceptance')).toMatchObject(notAsked);
    await say('b1', 'DELETE', 'friends/b2');
    expect(await say('b2', 'POST', 'friends/b1/acceptance')).toMatchObject(notAsked);
    expect(await listed('b2', 'friends')).toEqual(nobody);
  });

  it('that stand, or are asked for already, are not written again', async () => {
    const first = await say('c1', 'PUT', 'friends/c2');
    const again = await say('c1', 'PUT', 'friends/c2');
    expect(again).toMatchObject({ status: 200, body: { seq: expect.any(Number) } });
    expect(again.body['seq']).toBeGreaterThanOrEqual(first.body['seq'] as number);
    await say('c2', 'PUT', 'friends/c1');
    const before = (await messages()).length;
    for (const [as, verb, path] of [
      ['c1', 'PUT', 'friends/c2'],
      ['c2', 'PUT', 'friends/c1'],
      ['c2', 'POST', 'friends/c1/acceptance'],
    ] as const)
      expect((await say(as, verb, path)).status).toBe(200);
    expect(await messages()).toHaveLength(before);
    expect(await listed('c2', 'friends')).toEqual({ ...nobody, friends: [{ id: 'c1', name: 'c1' }] });
  });

  it('stand when both ask at the same moment', async () => {
    await Promise.all([say('d1', 'PUT', 'friends/d2'), say('d2', 'PUT', 'friends/d1')]);
    expect(await listed('d1', 'friends')).toEqual({ ...nobody, friends: [{ id: 'd2', name: 'd2' }] });
  });

  it('are asked of ids that nobody has ever used, and wait', async () => {
    expect((await say('e1', 'PUT', 'friends/nobody-yet')).status).toBe(200);
    expect(await listed('nobody-yet', 'friends')).toEqual({ ...nobody, waiting: [{ id: 'e1', name: 'e1' }] });
  });
});

describe('blocks', () => {
  it('end the friendship and bar asking in both directions, until they are lifted', async () => {
    await befriend('f1', 'f2');
    expect((await say('f1', 'PUT', 'blocks/f2')).status).toBe(200);
    expect(await listed('f1', 'friends')).toEqual(nobody);
    expect(await say('f1', 'PUT', 'friends/f2')).toMatchObject({ status: 409, body: { code: 'cannot_be_asked' } });
    expect(await say('f2', 'PUT', 'friends/f1')).toMatchObject({ status: 409, body: { code: 'cannot_be_asked' } });
    expect(await say('f2', 'POST', 'friends/f1/acceptance')).toMatchObject({
      status: 409,
      body: { code: 'not_asked' },
    });
    expect((await say('f1', 'DELETE', 'blocks/f2')).status).toBe(200);
    expect(await listed('f1', 'blocks')).toEqual({ blocks: [] });
    expect(await listed('f1', 'friends')).toEqual(nobody);
    expect((await say('f2', 'PUT', 'friends/f1')).status).toBe(200);
  });

  it('are listed to whoever set them, and say nothing to the blocked but that they cannot ask', async () => {
    await say('g1', 'PUT', 'blocks/g2');
    expect(await listed('g1', 'blocks')).toEqual({ blocks: [{ id: 'g2', name: 'g2' }] });
    expect(await listed('g2', 'blocks')).toEqual({ blocks: [] });
    expect(await listed('g2', 'friends')).toEqual(nobody);
    const refused = await say('g2', 'PUT', 'friends/g1');
    expect(refused.body).toEqual({
      type: 'urn:groundswell:problem:cannot_be_asked',
      title: 'This member cannot be asked',
      status: 409,
      code: 'cannot_be_asked',
      detail: 'This member cannot be asked now.',
    });
    // A member of whom too many have asked already answers the same: that it is a block cannot be told.
    for (const as of ['g3', 'g4']) expect((await say(as, 'PUT', 'friends/g5')).status).toBe(200);
    const full = await say('g2', 'PUT', 'friends/g5');
    const all = ({ status, headers, body }: typeof full) => [
      status,
      body,
      [...headers].filter(([name]) => name !== 'date'),
    ];
    expect(all(full)).toEqual(all(refused));
    expect((await say('g2', 'DELETE', 'blocks/g1')).status).toBe(200);
    expect(await listed('g1', 'blocks')).toEqual({ blocks: [{ id: 'g2', name: 'g2' }] });
  });
});

describe('what is asked and cannot be', () => {
  it.each<[string, Verb, string, number, string | undefined]>([
    ['oneself', 'PUT', 'friends/k1', 400, 'invalid_parameter'],
    ['what is no id', 'PUT', `friends/${'k'.repeat(65)}`, 400, 'invalid_parameter'],
    ['acceptance of oneself', 'POST', 'friends/k1/acceptance', 400, 'invalid_parameter'],
    ['acceptance of somebody who has not asked', 'POST', 'friends/k2/acceptance', 409, 'not_asked'],
    ['acceptance of an id that nobody uses', 'POST', 'friends/k-nobody/acceptance', 409, 'not_asked'],
    ['acceptance of who blocks one', 'POST', 'friends/k3/acceptance', 409, 'not_asked'],
    ['who blocks one', 'PUT', 'friends/k3', 409, 'cannot_be_asked'],
    ['whom one blocks', 'PUT', 'friends/k4', 409, 'cannot_be_asked'],
    ['an id that nobody uses', 'PUT', 'friends/k-nobody', 200, undefined],
    ['the same twice', 'PUT', 'friends/k-nobody', 200, undefined],
    ['an end of what never was', 'DELETE', 'friends/k5', 200, undefined],
  ])('%s: %s %s by k1 is answered with %i %s', async (_, verb, path, status, code) => {
    await say('k3', 'PUT', 'blocks/k1');
    await say('k1', 'PUT', 'blocks/k4');
    const answer = await say('k1', verb, path);
    expect([answer.status, answer.body['code']]).toEqual([status, code]);
  });

  it('is refused in the same words across a block and of a stranger, when it is accepted', async () => {
    await say('l2', 'PUT', 'blocks/l1');
    const [across, never] = [
      await say('l1', 'POST', 'friends/l2/acceptance'),
      await say('l1', 'POST', 'friends/l3/acceptance'),
    ];
    expect(across.body).toEqual(never.body);
  });
});

describe('mutes', () => {
  it('are known to whoever set them alone, and leave the friendship', async () => {
    await befriend('h1', 'h2');
    const friends = { ...nobody, friends: [{ id: 'h1', name: 'h1' }] };
    expect((await say('h1', 'PUT', 'mutes/h2')).status).toBe(200);
    expect(await listed('h1', 'mutes')).toEqual({ mutes: [{ id: 'h2', name: 'h2' }] });
    expect([await listed('h2', 'mutes'), await listed('h2', 'friends')]).toEqual([{ mutes: [] }, friends]);
    expect(await listed('h1', 'friends')).toEqual({ ...nobody, friends: [{ id: 'h2', name: 'h2' }] });
    await say('h1', 'DELETE', 'mutes/h2');
    expect(await listed('h1', 'mutes')).toEqual({ mutes: [] });
  });
});

describe('bad input', () => {
  it.each(['friends/x1', 'blocks/x1', 'mutes/x1', 'friends/x%20y', 'blocks/x%20y'])(
    'refuses PUT %s by x1',
    async (path) => {
      const answer = await say('x1', 'PUT', path);
      expect(answer).toMatchObject({ status: 400, body: { code: 'invalid_parameter', detail: expect.any(String) } });
    },
  );

  it('bounds how many requests are open: answers, and taking one back, make room', async () => {
    for (const other of ['i2', 'i3', 'i4']) expect((await say('i1', 'PUT', `friends/${other}`)).status).toBe(200);
    const refused = await say('i1', 'PUT', 'friends/i5');
    expect(refused).toMatchObject({ status: 429, body: { code: 'too_many_requests' } });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    await say('i6', 'PUT', 'friends/i1');
    expect((await say('i1', 'PUT', 'friends/i6')).status).toBe(200);
    await say('i1', 'DELETE', 'friends/i2');
    expect((await say('i1', 'PUT', 'friends/i5')).status).toBe(200);
  });

  it.each([
    ['DELETE', 'friends'],
    ['PUT', 'blocks'],
    ['PUT', 'mutes'],
  ] as const)(
    'stores 60 a minute of thousands of %s %s by one account, and says when to come again',
    async (method, list) => {
      const before = (await messages()).length;
      const headers = { authorization: `Bearer ${await ingest.mint.mint(`flood-${list}`)}` };
      const statuses = new Map<number, number>();
      const hints: number[] = [];
      const one = async (i: number) => {
        const answer = await fetch(`${ingest.url}/v1/${list}/target-${i}`, { method, headers });
        await answer.arrayBuffer();
        statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
        if (answer.status === 429) hints.push(Number(answer.headers.get('retry-after')));
      };
      for (let i = 0; i < 3_000; i += 100) await Promise.all(Array.from({ length: 100 }, (_, k) => one(i + k)));
      expect(statuses).toEqual(
        new Map([
          [200, 60],
          [429, 2_940],
        ]),
      );
      expect((await messages()).length - before).toBe(60);
      expect(Math.min(...hints)).toBeGreaterThanOrEqual(1);
      expect(Math.max(...hints)).toBeLessThanOrEqual(60);
    },
  );
});

describe('while the views are out of reach', () => {
  it('members can be blocked, muted and unfriended, and nobody can be asked', async () => {
    await befriend('j1', 'j2');
    await redis.kill();
    expect(await say('j1', 'PUT', 'friends/j3')).toMatchObject({ status: 503, body: { code: 'view_behind' } });
    for (const [verb, path] of [
      ['PUT', 'blocks/j4'],
      ['PUT', 'mutes/j5'],
      ['DELETE', 'friends/j2'],
    ] as const)
      expect((await say('j1', verb, path)).status).toBe(200);
    await redis.restart();
    await ingest.viewsUp();
    await eventually(async () => ((await listed('j1', 'blocks'))['blocks'] as unknown[] | undefined)?.length === 1);
    expect(await listed('j1', 'friends')).toEqual(nobody);
  });
});
