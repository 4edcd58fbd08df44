import { Double } from '../double.js';
import { MadeWorld } from '../world.js';

const ORIGIN = 'http://127.0.0.1:1';
const LIST = '/api/v1/accounts/1/followers';

const members = [
  { id: '1', name: 'Ada', handle: 'ada' },
  { id: '2', name: 'Ben', handle: 'ben@elsewhere.example', follows: ['1'] },
  { id: '3', follows: ['1'], state: 'suspended' as const },
  ...Array.from({ length: 99 }, (_, index) => ({ id: String(100 + index), follows: ['1', '3'] })),
];

function get(path: string, { token, pageSize }: { token?: string; pageSize?: number } = {}) {
  const double = new Double({ seed: 1, world: new MadeWorld({ members, tokens: { t1: '1' } }) });
  if (pageSize !== undefined) double.set({ pageSize });
  return double.answer(new URL(`/mastodon${path}`, ORIGIN), { token, origin: ORIGIN }).answer;
}

const linkOf = (rel: string, link = ''): string | undefined => new RegExp(`<([^>]+)>; rel="${rel}"`).exec(link)?.[1];

describe('followers', () => {
  it('are told to anybody, the suspended ones left out', () => {
    const { status, body } = get(`${LIST}?limit=2`);
    expect([status, body]).toEqual([
      200,
      [
        { id: '2', username: 'ben', acct: 'ben@elsewhere.example', display_name: 'Ben' },
        { id: '100', username: 'member100', acct: 'member100', display_name: 'Member 100' },
      ],
    ]);
    expect(get(LIST, { token: 'unknown' }).status).toBe(200);
  });

  it.each([
    ['', [40, 40, 20]],
    ['?limit=80', [80, 20]],
    ['?limit=1000', [80, 20]],
    ['?limit=50', [50, 50, 0]],
  ])('have pages (%j) by links that can be followed', (query, sizes) => {
    const seen: string[] = [];
    const counts: number[] = [];
    let next: string | undefined = `${LIST}${query}`;
    while (next !== undefined) {
      const { body, headers } = get(next);
      const ids = (body as { id: string }[]).map(({ id }) => id);
      counts.push(ids.length);
      seen.push(...ids);
      next = linkOf('next', headers['link'])?.replace(`${ORIGIN}/mastodon`, '');
    }
    expect(counts).toEqual(sizes);
    expect(new Set(seen).size).toBe(100);
  });

  it('name the page before, and keep the limit', () => {
    const { link } = get(`${LIST}?limit=2`).headers;
    expect(linkOf('next', link)).toMatch(/^http:\/\/127\.0\.0\.1:1\/mastodon\/api.*\?limit=2&max_id=\d+$/);
    expect(linkOf('prev', link)).toMatch(/\?limit=2&since_id=\d+$/);
    expect(get(`${LIST}?max_id=1`).headers['link']).toBeUndefined();
  });

  it('come in smaller pages where the settings say so', () => {
    expect(get(LIST, { pageSize: 7 }).body).toHaveLength(7);
  });

  it('of a suspended account are none, of nobody are not found', () => {
    expect(get('/api/v1/accounts/3/followers')).toMatchObject({ status: 200, body: [] });
    expect(get('/api/v1/accounts/77/followers')).toMatchObject({ status: 404, body: { error: 'Record not found' } });
  });
});

it('verify_credentials tells the names too', () => {
  const path = '/api/v1/accounts/verify_credentials';
  expect(get(path, { token: 't1' }).body).toEqual({ id: '1', username: 'ada', acct: 'ada', display_name: 'Ada' });
  expect(get(path).status).toBe(401);
});
