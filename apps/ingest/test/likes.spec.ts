import { jest } from '@jest/globals';
import { readFeed, type CountsMessage } from '@groundswell/contracts';
import { eventually, useNats, useRedis } from '@groundswell/testing';
import { Harness } from './harness.js';
import { storedIn } from './log-reader.js';

jest.setTimeout(60_000);

const nats = useNats();
const redis = useRedis();
let ingest: Harness;

beforeAll(async () => {
  ingest = await Harness.start(nats, redis);
  await ingest.event('final');
});
afterAll(() => ingest.stop());

const statusOf = async (audience: 'everyone' | 'friends' = 'everyone') => {
  const path = '/v1/events/final/statuses';
  const roles = ['member' as const, 'load' as const];
  return (await ingest.call('POST', path, { as: 'ada', roles, body: { text: 'likeable', audience } })).body[
    'id'
  ] as string;
};
const like = (as: string, story: string, method: 'PUT' | 'DELETE' = 'PUT', key?: string) =>
  ingest.call(method, `/v1/events/final/statuses/${story}/like`, { as, ...(key ? { key } : {}) });

/** Counts told of a story so far, with the audience that they went to. */
async function told(story: string): Promise<(CountsMessage & { audience: string })[]> {
  return (await storedIn(nats.url, 'EVENTS')).flatMap((stored) => {
    const record = readFeed(stored);
    return record?.kind === 'counts' && record.message.of === story
      ? [{ ...record.message, audience: record.audience }]
      : [];
  });
}

const lastTold = (story: string, counts: Partial<CountsMessage>) =>
  eventually(
    async () => {
      const last = (await told(story)).at(-1);
      return Object.entries(counts).every(([field, value]) => last?.[field as keyof CountsMessage] === value);
    },
    { timeoutMs: 10_000, message: `counts ${JSON.stringify(counts)}` },
  );

describe('likes', () => {
  it('are counted by member and told as one message, not as one for each', async () => {
    const story = await statusOf();
    const answers = await Promise.all(Array.from({ length: 20 }, (_, i) => like(`fan${i % 10}`, story)));
    for (const { status, body } of answers)
      expect({ status, body }).toEqual({ status: 200, body: { seq: expect.any(Number) } });
    await like('fan0', story, 'DELETE');
    await ingest.call('POST', `/v1/events/final/statuses/${story}/comments`, { as: 'ben', body: { text: 'so do I' } });
    await lastTold(story, { likes: 9, comments: 1 });
    const messages = await told(story);
    expect(messages.length).toBeLessThanOrEqual(4);
    expect(messages.at(-1)).toMatchObject({ of: story, ofAuthor: 'ada', audience: 'everyone' });
    const positions = messages.map(({ asOf }) => asOf);
    expect(positions).toEqual([...new Set(positions)].toSorted((a, b) => a - b));
  });

  it('go where the story went: those of a friends-only status are told to friends', async () => {
    const story = await statusOf('friends');
    expect(await like('stranger', story)).toMatchObject({ status: 404, body: { code: 'unknown_status' } });
    expect((await like('ada', story)).status).toBe(200);
    await lastTold(story, { likes: 1 });
    expect((await told(story))[0]).toMatchObject({ audience: 'friends' });
  });

  it('are for statuses that stand, in events that are on air', async () => {
    const story = await statusOf();
    const comments = `/v1/events/final/statuses/${story}/comments`;
    const comment = await ingest.call('POST', comments, { as: 'ben', body: { text: 'mine' } });
    expect(await like('cy', comment.body['id'] as string)).toMatchObject({ status: 404 });
    await ingest.call('DELETE', `/v1/events/final/statuses/${story}`, { as: 'ada' });
    // A view hears of a takedown a moment later.
    await eventually(async () => (await like('cy', story)).body['code'] === 'unknown_status');
    expect(await like('cy', 'no-such-id')).toMatchObject({ status: 400, body: { code: 'invalid_parameter' } });
    const elsewhere = await ingest.call('PUT', `/v1/events/nowhere/statuses/${story}/like`, { as: 'cy' });
    expect(elsewhere).toMatchObject({ status: 404, body: { code: 'unknown_event' } });
    expect((await ingest.call('PUT', `/v1/events/final/statuses/${story}/like`)).status).toBe(401);
  });

  it('are told though Redis lost everything', async () => {
    const story = await statusOf();
    await like('ben', story);
    await lastTold(story, { likes: 1 });
    await redis.kill();
    await redis.restart();
    await ingest.viewsUp();
    expect((await like('cy', story)).status).toBe(200);
    await lastTold(story, { likes: 2 });
  });
});
