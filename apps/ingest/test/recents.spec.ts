import { jest } from '@jest/globals';
import { connectStore, recents, type Store } from '@groundswell/store';
import { eventually, useNats, useRedis } from '@groundswell/testing';
import { Harness } from './harness.js';

jest.setTimeout(60_000);

const nats = useNats();
const redis = useRedis();
const EVENT = 'final';
const STATUSES = `/v1/events/${EVENT}/statuses`;
let ingest: Harness;
let store: Store;

beforeAll(async () => {
  ingest = await Harness.start(nats, redis);
  await ingest.event(EVENT);
  store = await connectStore({ url: redis.url });
});
afterAll(async () => {
  await store.close();
  await ingest.stop();
});

const post = async (path: string, as: string, text: string) =>
  (await ingest.call('POST', path, { as, body: { text } })).body['id'] as string;

/** What is kept of ada's newest story. */
async function newest() {
  const { stories } = await recents(store, EVENT, { authors: ['ada'], limit: 10 });
  const [story] = stories;
  return story && { ...story.counts, id: story.status.id, comments: story.comments.map(({ id }) => id) };
}

it('the newest statuses of an author have their counts and comments, and nothing that was taken back', async () => {
  const story = await post(STATUSES, 'ada', 'newest');
  const [gone, kept] = [
    await post(`${STATUSES}/${story}/comments`, 'ben', 'first'),
    await post(`${STATUSES}/${story}/comments`, 'cleo', 'second'),
  ];
  await ingest.call('PUT', `${STATUSES}/${story}/like`, { as: 'dora' });
  await eventually(async () => (await newest())?.likes === 1, { timeoutMs: 10_000 });
  expect(await newest()).toMatchObject({ id: story, comments: [gone, kept], likes: 1 });
  await ingest.call('DELETE', `${STATUSES}/${story}/comments/${gone}`, { as: 'ben' });
  expect(await eventually(async () => (await newest())?.comments.join() === kept)).toBe(true);
  await ingest.call('DELETE', `${STATUSES}/${story}`, { as: 'ada' });
  expect(await eventually(async () => (await newest()) === undefined)).toBe(true);
});
