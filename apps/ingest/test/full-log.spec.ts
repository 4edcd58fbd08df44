import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { useNats, useRedis, useTempDir } from '@groundswell/testing';
import { Harness } from './harness.js';
import { idsIn } from './log-reader.js';

jest.setTimeout(60_000);

const dir = useTempDir();
const config = { path: '' };
beforeAll(async () => {
  config.path = join(dir.path, 'small.conf');
  await writeFile(config.path, 'jetstream { max_file_store: 1MB }\n');
});
const nats = useNats(() => ({ config: config.path }));
const redis = useRedis();

describe('when the log is full', () => {
  it('writes get 507, what was answered stays, and reading goes on', async () => {
    const ingest = await Harness.start(nats, redis);
    await ingest.event('final');
    await ingest.call('PUT', '/v1/friends/ben', { as: 'ada' });
    const stored: string[] = [];
    let answer = await ingest.post('final', '😀'.repeat(420));
    for (let i = 0; i < 3000 && answer.status === 201; i++) {
      stored.push(answer.body['id'] as string);
      answer = await ingest.post('final', '😀'.repeat(420));
    }
    expect(answer).toMatchObject({ status: 507, body: { code: 'storage_full' } });
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(stored.length).toBeGreaterThan(100);
    expect((await ingest.call('PUT', '/v1/friends/cleo', { as: 'ada' })).status).toBe(507);
    expect(await idsIn(nats.url, 'final')).toEqual(stored);
    expect((await ingest.call('GET', '/v1/friends', { as: 'ada' })).body['asked']).toHaveLength(1);
    expect((await ingest.call('GET', '/v1/events')).status).toBe(200);
    await ingest.stop();
  });
});
