import { jest } from '@jest/globals';
import { useNats, useRedis } from '@groundswell/testing';
import { Harness } from './harness.js';

jest.setTimeout(60_000);

const nats = useNats();
const redis = useRedis();
let ingest: Harness;

beforeAll(async () => {
  ingest = await Harness.start(nats, redis, { profilesPerMin: 3 });
});
afterAll(() => ingest.stop());

const put = (as: string, body: object | string) => ingest.call('PUT', '/v1/profile', { as, body });
const own = async (as: string) => (await ingest.call('GET', '/v1/profile', { as })).body;
const WHOLE = { name: 'Ada L.', avatar: '#aa0011', timeZone: 'Europe/London', locale: 'en-GB' };

describe('a profile', () => {
  it('is the name in the token until it is written, and then what was written last, whole', async () => {
    expect(await own('ada')).toEqual({ id: 'ada', name: 'ada' });
    expect(await put('ada', WHOLE)).toMatchObject({ status: 200, body: { seq: expect.any(Number) } });
    expect(await own('ada')).toEqual({ id: 'ada', ...WHOLE });
    await put('ada', { name: 'Ada' });
    expect(await own('ada')).toEqual({ id: 'ada', name: 'Ada' });
  });

  it('shows everybody the name and the avatar, and nothing else', async () => {
    await put('ben', { ...WHOLE, avatar: 'https://pictures.example/ben.png' });
    const { status, body, headers } = await ingest.call('GET', '/v1/members/ben');
    expect({ status, body }).toEqual({
      status: 200,
      body: { id: 'ben', name: 'Ada L.', avatar: 'https://pictures.example/ben.png' },
    });
    expect(headers.get('cache-control')).toBe('public, max-age=60');
    await ingest.call('PUT', '/v1/friends/ben', { as: 'cy' });
    const { body: lists } = await ingest.call('GET', '/v1/friends', { as: 'cy' });
    expect(lists['asked']).toEqual([{ id: 'ben', name: 'Ada L.' }]);
  });

  it('comes with an import too', async () => {
    const body = `${JSON.stringify({ t: 'profile', id: 'dan', ...WHOLE })}\n`;
    const options = { as: 'i', roles: ['import' as const] as ['import'], body, type: 'application/x-ndjson' };
    expect((await ingest.call('POST', '/v1/social/import', options)).body).toMatchObject({ t: 'done', profiles: 1 });
    expect(await own('dan')).toEqual({ id: 'dan', ...WHOLE });
  });
});

describe('bad input', () => {
  it('names every field that is wrong, and what it must be', async () => {
    const wrong = { name: '', avatar: 'javascript:x', timeZone: 'Middle/Earth', locale: 'en_US' };
    const { status, body } = await put('eve', wrong);
    expect({ status, code: body['code'] }).toEqual({ status: 400, code: 'invalid_body' });
    const errors = body['errors'] as { at: string; message: string }[];
    expect(errors.map(({ at }) => at).sort()).toEqual(['/avatar', '/locale', '/name', '/timeZone']);
    for (const { message } of errors) expect(message).toContain('must be');
  });

  it('knows nobody who has no profile', async () => {
    const unknown = { status: 404, body: { code: 'unknown_member' } };
    expect(await ingest.call('GET', '/v1/members/nobody')).toMatchObject(unknown);
    expect(await ingest.call('GET', '/v1/members/no%20body')).toMatchObject({ status: 400 });
    expect((await ingest.call('GET', '/v1/profile')).status).toBe(401);
  });

  it('bounds how often a member writes theirs', async () => {
    for (let i = 0; i < 3; i++) expect((await put('fay', { name: `Fay ${i}` })).status).toBe(200);
    const refused = await put('fay', { name: 'Fay 4' });
    expect(refused).toMatchObject({ status: 429, body: { code: 'too_many_requests' } });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  });
});
