import { jest } from '@jest/globals';
import { readFeed } from '@groundswell/contracts';
import { useNats, useRedis } from '@groundswell/testing';
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

const STATUSES = '/v1/events/final/statuses';
const post = async (audience: 'everyone' | 'friends' = 'everyone') =>
  (await ingest.call('POST', STATUSES, { as: 'ada', body: { text: 'pin me', audience } })).body['id'] as string;
const pin = (method: 'PUT' | 'DELETE', story: string, { roles = ['operator'] }: { roles?: 'operator'[] } = {}) =>
  ingest.call(method, `${STATUSES}/${story}/pin`, { as: 'olga', roles });

describe('pins', () => {
  it('are written to the log with the whole status, once pinned and once unpinned', async () => {
    const story = await post();
    const answers = [await pin('PUT', story), await pin('DELETE', story)];
    const records = (await storedIn(nats.url, 'EVENTS')).flatMap((stored) => readFeed(stored) ?? []);
    const pins = records.filter((record) => record.kind === 'pin');
    expect(answers).toMatchObject(pins.map(({ seq }) => ({ status: 200, body: { seq } })));
    expect(pins).toMatchObject([true, false].map((on) => ({ audience: 'everyone', message: { on } })));
    const status = records.find((record) => record.kind === 'status' && record.message.id === story)!;
    expect(pins[0]!.message).toMatchObject({ story: { ...status.message, seq: status.seq } });
  });

  it('are an operator’s, of public statuses that are there', async () => {
    const story = await post();
    expect(await pin('PUT', story, { roles: [] })).toMatchObject({ status: 403 });
    expect(await pin('PUT', await post('friends'))).toMatchObject({ status: 404, body: { code: 'unknown_status' } });
    expect(await pin('PUT', 'x'.repeat(16))).toMatchObject({ status: 404 });
    const comment = await ingest.call('POST', `${STATUSES}/${story}/comments`, { as: 'ben', body: { text: 'no' } });
    expect(await pin('PUT', comment.body['id'] as string)).toMatchObject({
      status: 404,
      body: { detail: 'Only a public status can be pinned.' },
    });
    await ingest.call('DELETE', `${STATUSES}/${story}`, { as: 'ada' });
    expect(await pin('PUT', story)).toMatchObject({ status: 404 });
  });
});
