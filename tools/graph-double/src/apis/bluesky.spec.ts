import { Double } from '../double.js';
import { MadeWorld } from '../world.js';

const ORIGIN = 'http://127.0.0.1:1';
const ADA = 'did:plc:ada';
const FOLLOWERS = '/xrpc/app.bsky.graph.getFollowers';
const RESOLVE = '/xrpc/com.atproto.identity.resolveHandle';

const world = new MadeWorld({
  members: [
    { id: ADA, name: 'Ada', handle: 'Ada.Example.org', follows: ['did:web:n1.example'] },
    { id: 'did:web:hides.example', follows: [ADA], hidesFrom: [ADA] },
    { id: 'did:web:gone.example', follows: [ADA], state: 'gone' },
    { id: 'did:web:suspended.example', follows: [ADA], state: 'suspended' },
    ...Array.from({ length: 120 }, (_, index) => ({ id: `did:web:n${index + 1}.example`, follows: [ADA] })),
  ],
});
const double = new Double({ seed: 1, world });

interface Followers {
  subject: unknown;
  followers: { did: string; handle: string; displayName: string }[];
  cursor?: string;
}

function get(path: string, query: Record<string, string>) {
  const url = new URL(`/bluesky${path}?${new URLSearchParams(query).toString()}`, ORIGIN);
  return double.answer(url, { token: undefined, origin: ORIGIN }).answer;
}

const followers = (query: Record<string, string>) => get(FOLLOWERS, query).body as Followers;

describe('getFollowers', () => {
  it('tells of the actor, and of those who follow and show it', () => {
    expect(followers({ actor: ADA, limit: '2' })).toEqual({
      subject: { did: ADA, handle: 'Ada.Example.org', displayName: 'Ada' },
      followers: [
        { did: 'did:web:n1.example', handle: 'n1.example', displayName: 'Member did:web:n1.example' },
        { did: 'did:web:n2.example', handle: 'n2.example', displayName: 'Member did:web:n2.example' },
      ],
      cursor: expect.any(String),
    });
  });

  it('takes a handle for the actor', () => {
    expect(followers({ actor: 'ada.example.org' }).subject).toMatchObject({ did: ADA });
  });

  it.each([
    [{}, [50, 50, 20]],
    [{ limit: '100' }, [100, 20]],
    [{ limit: '40' }, [40, 40, 40, 0]],
  ])('has pages (%j), the last of which names no next one', (limit, sizes) => {
    const seen: string[] = [];
    const counts: number[] = [];
    for (let cursor: string | undefined = ''; cursor !== undefined;) {
      const page = followers({ actor: ADA, ...limit, ...(cursor === '' ? {} : { cursor }) });
      counts.push(page.followers.length);
      seen.push(...page.followers.map(({ did }) => did));
      cursor = page.cursor;
    }
    expect(counts).toEqual(sizes);
    expect(new Set(seen).size).toBe(120);
  });

  it.each([
    [{}, 'Error: Params must have the property "actor"'],
    [{ actor: 'ada' }, 'Error: actor must be a valid did or a handle'],
    [{ actor: ADA, limit: '0' }, 'Error: limit can not be less than 1'],
    [{ actor: ADA, limit: 'many' }, 'Error: limit can not be less than 1'],
    [{ actor: ADA, limit: '101' }, 'Error: limit can not be greater than 100'],
    [{ actor: 'nobody.example' }, 'Actor not found: nobody.example'],
    [{ actor: 'did:web:suspended.example' }, 'Actor not found: did:web:suspended.example'],
  ])('refuses %j', (query, message) => {
    const { status, body } = get(FOLLOWERS, query as Record<string, string>);
    expect([status, body]).toEqual([400, { error: 'InvalidRequest', message }]);
  });

  it('keeps the places of the others when somebody leaves between two pages', () => {
    const settings = { members: ['a', 'b', 'c', 'd'].map((id) => ({ id: `did:web:${id}.example`, follows: [ADA] })) };
    const changing = new MadeWorld({ members: [{ id: ADA }, ...settings.members] });
    const other = new Double({ seed: 1, world: changing });
    const page = (cursor: string) => {
      const url = new URL(`/bluesky${FOLLOWERS}?actor=${ADA}&limit=2&cursor=${cursor}`, ORIGIN);
      return other.answer(url, { token: undefined, origin: ORIGIN }).answer.body as Followers;
    };
    const first = page('0');
    changing.setFollowing('did:web:a.example', ADA, false);
    const second = page(first.cursor!);
    expect(second.followers.map(({ did }) => did)).toEqual(['did:web:c.example', 'did:web:d.example']);
  });
});

describe('resolveHandle', () => {
  it('tells whose it is, however it is written', () => {
    expect(get(RESOLVE, { handle: 'ADA.example.org' })).toMatchObject({ status: 200, body: { did: ADA } });
    expect(get(RESOLVE, { handle: 'n7.example' }).body).toEqual({ did: 'did:web:n7.example' });
  });

  it.each([
    [{}, 'Error: Params must have the property "handle"'],
    [{ handle: '@ada.example.org' }, 'Error: handle must be a valid handle'],
    [{ handle: 'ada' }, 'Error: handle must be a valid handle'],
    [{ handle: `${'a.'.repeat(126)}example` }, 'Error: handle must be a valid handle'],
    [{ handle: 'nobody.example' }, 'Unable to resolve handle'],
    [{ handle: 'gone.example' }, 'Unable to resolve handle'],
  ])('refuses %j', (query, message) => {
    const { status, body } = get(RESOLVE, query as Record<string, string>);
    expect([status, body]).toEqual([400, { error: 'InvalidRequest', message }]);
  });
});

it('has no other methods', () => {
  expect(get('/xrpc/app.bsky.graph.getFollows', {})).toMatchObject({ status: 501 });
});
