import { mkdir, rm } from 'node:fs/promises';
import { jest } from '@jest/globals';
import { eventually, useNats, useRedis } from '@groundswell/testing';
import { Harness, type Answer } from './harness.js';
import { idsIn } from './log-reader.js';

jest.setTimeout(60_000);

const nats = useNats();
const redis = useRedis();
let ingest: Harness;

beforeAll(async () => {
  ingest = await Harness.start(nats, redis);
  await ingest.event('final');
});
afterAll(() => ingest.stop());

/** Posts under a key until it is stored; `unknown` counts the answers that did not know. */
async function insist(index: number, tally: { unknown: number; other: number[] }): Promise<Answer> {
  return eventually(
    async () => {
      const answer = await ingest.post('final', `text ${index}`, { key: `key-${index}` });
      if (answer.status === 201) return answer;
      if (answer.status === 503) tally.unknown++;
      else tally.other.push(answer.status);
      expect(answer.body['code']).toBe('unavailable');
      expect(answer.headers.get('retry-after')).toBe('1');
      return undefined;
    },
    { timeoutMs: 30_000, everyMs: 50 },
  );
}

describe('when the log crashes', () => {
  it('writes get a clear 503, their retries make no duplicate, and nothing answered is lost', async () => {
    const tally = { unknown: 0, other: [] as number[] };
    const posts: Promise<Answer>[] = [];
    for (let i = 0; i < 200; i++) {
      posts.push(insist(i, tally));
      if (i === 100) await nats.kill();
      if (i % 10 === 0) await Promise.race(posts);
    }
    await eventually(() => tally.unknown > 0);
    await nats.restart();
    const answers = await Promise.all(posts);
    expect(tally.unknown).toBeGreaterThan(0);
    expect(tally.other).toEqual([]);
    const stored = await idsIn(nats.url, 'final');
    expect(stored.toSorted()).toEqual(answers.map(({ body }) => body['id'] as string).sort());
  });
});

describe('when Redis is emptied', () => {
  it('the views come back from the log, and nobody sees a part of them', async () => {
    const lines = Array.from({ length: 3000 }, (_, i) => `{"t":"edge","a":"hub","b":"m${i}"}\n`).join('');
    await ingest.call('POST', '/v1/social/import', {
      as: 'i',
      roles: ['import'],
      body: lines,
      type: 'application/x-ndjson',
    });
    const count = async () => {
      const { status, body } = await ingest.call('GET', '/v1/friends', { as: 'hub' });
      return status === 200 ? (body['friends'] as unknown[]).length : status;
    };
    await eventually(async () => (await count()) === 3000);
    await redis.kill();
    expect(await count()).toBe(503);
    // Without its file it starts empty.
    await rm(redis.dir, { recursive: true });
    await mkdir(redis.dir);
    await redis.restart();
    const seen = new Set<number>();
    await eventually(
      async () => {
        const friends = await count();
        seen.add(friends);
        return friends === 3000;
      },
      { timeoutMs: 20_000 },
    );
    expect([...seen].filter((value) => value !== 503 && value !== 3000)).toEqual([]);
  });
});
