import { Double } from '../double.js';
import { MadeWorld } from '../world.js';

const ORIGIN = 'http://127.0.0.1:1';
const friends = Array.from({ length: 60 }, (_, index) => String(100 + index));
const world = new MadeWorld({
  members: [
    { id: '1', name: 'Ada', follows: [...friends, '2', '4'] },
    { id: '2', name: 'Only followed' },
    { id: '3', name: 'Only follows', follows: ['1'] },
    { id: '4', name: 'Gone', follows: ['1'], state: 'gone' },
    ...friends.map((id) => ({ id, follows: ['1'] })),
  ],
  tokens: { t1: '1' },
});
const double = new Double({ seed: 1, world });

interface Page {
  data: { id: string; name?: string }[];
  paging?: { cursors: { before: string; after: string }; next?: string };
}

function get(path: string, token: string | undefined = 't1') {
  return double.answer(new URL(`/graph${path}`, ORIGIN), { token, origin: ORIGIN }).answer;
}

describe('me', () => {
  it.each([
    ['', { id: '1', name: 'Ada' }],
    ['?fields=id,name', { id: '1', name: 'Ada' }],
    ['?fields=id', { id: '1' }],
  ])('with %j', (query, body) => {
    expect(get(`/me${query}`)).toMatchObject({ status: 200 });
    expect(get(`/me${query}`).body).toEqual(body);
  });

  it('has no other fields', () => {
    expect(get('/me?fields=id,shoe_size').body).toMatchObject({ error: { code: 100 } });
  });
});

describe('friends', () => {
  it.each([['/1/friends'], ['/me/friends']])('at %s are those who follow each other', (path) => {
    const { data, paging } = get(`${path}?fields=id,name&limit=2`).body as Page;
    expect(data).toEqual([
      { id: '100', name: 'Member 100' },
      { id: '101', name: 'Member 101' },
    ]);
    expect(paging?.next).toBe(`${ORIGIN}/graph${path}?fields=id%2Cname&limit=2&after=${paging?.cursors.after}`);
  });

  it.each([
    ['', [25, 25, 10]],
    ['?limit=100', [60]],
    ['?limit=30', [30, 30, 0]],
  ])('have pages (%j) up to the one without a next', (query, sizes) => {
    const seen: string[] = [];
    const counts: number[] = [];
    let next: string | undefined = `/1/friends${query}`;
    while (next !== undefined) {
      const page = get(next).body as Page;
      counts.push(page.data.length);
      seen.push(...page.data.map(({ id }) => id));
      next = page.paging?.next?.replace(`${ORIGIN}/graph`, '');
    }
    expect(counts).toEqual(sizes);
    expect(seen).toEqual(friends);
  });

  it.each([
    ['/1/friends', 'other', 190],
    ['/1/friends', '', 190],
    ['/100/friends', 't1', 100],
    ['/1/friends?limit=0', 't1', 100],
    ['/1/friends?fields=email', 't1', 100],
  ])('%s with token %j is error %d', (path, token, code) => {
    expect(get(path, token)).toMatchObject({ status: 400, body: { error: { code, type: 'OAuthException' } } });
  });
});

it('has no other paths', () => {
  expect(get('/1/feed').body).toMatchObject({ error: { code: 2500 } });
  expect(get('/1/feed', 'other').body).toMatchObject({ error: { code: 190 } });
});
