import { jest } from '@jest/globals';
import { connectBus, consumeOrdered, memberKeys, type Bus } from '@groundswell/bus';
import { SOCIAL, tokenAbout } from '@groundswell/contracts';
import { SealBroken, unseal } from '@groundswell/runtime';
import { connectStore, readAccounts, readPairs, type Store } from '@groundswell/store';
import { useNats, useRedis } from '@groundswell/testing';
import { Harness } from './harness.js';

jest.setTimeout(60_000);

const TOKEN = 'a-token-that-nobody-else-may-read';
const DID = 'did:plc:ada';

const nats = useNats();
const redis = useRedis();
let ingest: Harness;
let bus: Bus;
let store: Store;
let cast = 0;
/** The member of one test, so that no limit is shared. */
let ada: string;

beforeAll(async () => {
  ingest = await Harness.start(nats, redis, { watchesMax: 3, watchesPerDay: 6 });
  bus = await connectBus({ servers: nats.url, name: 'spec' });
  store = await connectStore({ url: redis.url });
});
afterAll(() => Promise.all([ingest.stop(), bus.close(), store.close()]));
beforeEach(() => {
  ada = `ada${++cast}`;
});

const get = async (path: string, as = ada) => (await ingest.call('GET', path, { as })).body;
const put = (path: string, body?: object, as = ada) => ingest.call('PUT', path, { as, ...(body ? { body } : {}) });
const remove = (path: string) => ingest.call('DELETE', path, { as: ada });
const codeOf = ({ status, body }: Awaited<ReturnType<typeof put>>) => [status, body['code']];
const connect = () => put('/v1/accounts/mastodon', { account: '7', token: TOKEN });

async function logged(): Promise<string> {
  const texts: string[] = [];
  const ended = new AbortController();
  const { done } = await consumeOrdered({
    bus,
    stream: SOCIAL.name,
    filter: '>',
    from: { seq: 1 },
    signal: ended.signal,
    onMessages: (batch) => void texts.push(...batch.map(({ data }) => Buffer.from(data).toString())),
    onCaughtUp: () => ended.abort(),
  });
  await done;
  return texts.join('\n');
}

describe('an account in another network', () => {
  it('is connected, another one in its place, and taken back', async () => {
    expect(await get('/v1/accounts')).toEqual({ accounts: [] });
    const before = Date.now();
    expect((await connect()).status).toBe(200);
    await put('/v1/accounts/bluesky', { account: DID });
    const { accounts } = (await get('/v1/accounts')) as { accounts: { since: number }[] };
    expect(accounts).toEqual([
      { provider: 'bluesky', account: DID, reason: null, since: expect.any(Number) },
      { provider: 'mastodon', account: '7', reason: null, since: expect.any(Number) },
    ]);
    expect(accounts[0]!.since).toBeGreaterThanOrEqual(before);
    await put('/v1/accounts/mastodon', { account: '8', token: TOKEN });
    expect(await get('/v1/accounts')).toMatchObject({ accounts: [{ account: DID }, { account: '8' }] });
    expect((await remove('/v1/accounts/mastodon')).status).toBe(200);
    expect((await remove('/v1/accounts/mastodon')).status).toBe(200);
    expect(await get('/v1/accounts')).toMatchObject({ accounts: [{ provider: 'bluesky' }] });
  });

  it('is nobody else’s business', async () => {
    await connect();
    expect(await get('/v1/accounts', `${ada}x`)).toEqual({ accounts: [] });
    expect((await ingest.call('GET', '/v1/accounts')).status).toBe(401);
    expect((await ingest.call('PUT', '/v1/accounts/mastodon')).status).toBe(401);
  });

  it('has a token that only its own key opens, for this account alone', async () => {
    await connect();
    await ingest.viewsUp();
    const [stored] = await readAccounts(store, 'mastodon', [ada]);
    const { token: box } = stored as { token: string };
    const key = await memberKeys(bus).of(ada);
    const about = { provider: 'mastodon', account: '7', member: ada };
    expect(await unseal(key, tokenAbout(about), box)).toEqual({ token: TOKEN });
    await expect(unseal(key, tokenAbout({ ...about, account: '8' }), box)).rejects.toThrow(SealBroken);
    const shown = JSON.stringify([await get('/v1/accounts'), await get('/v1/private'), stored]);
    expect(shown).not.toContain(TOKEN);
    const log = await logged();
    expect(log).toContain(`"${ada}"`);
    expect(log).not.toContain(TOKEN);
  });

  it.each([
    ['without a token', 'graph', { account: '7' }, 'token'],
    ['without a token', 'mastodon', { account: '7' }, 'token'],
    ['with a token that is not needed', 'bluesky', { account: DID, token: TOKEN }, 'token'],
    ['with a handle', 'bluesky', { account: 'ada.example.org' }, 'account'],
    ['with a name', 'graph', { account: 'ada', token: TOKEN }, 'account'],
    ['with a name', 'mastodon', { account: '@ada', token: TOKEN }, 'account'],
    ['with a token of two words', 'mastodon', { account: '7', token: 'two words' }, 'token'],
    ['with a token of two lines', 'mastodon', { account: '7', token: 'a\r\nline' }, 'token'],
    ['with an empty token', 'mastodon', { account: '7', token: '' }, 'token'],
    ['with too long a token', 'mastodon', { account: '7', token: 'x'.repeat(4_097) }, 'token'],
    ['with no token at all', 'mastodon', { account: '7', token: null }, 'token'],
    ['without a name', 'mastodon', { token: TOKEN }, 'account'],
    ['with too long a name', 'bluesky', { account: `did:web:${'x'.repeat(300)}` }, 'account'],
  ])('is refused %s at %s, with what to correct', async (_, provider, body, at) => {
    const answer = await put(`/v1/accounts/${provider}`, body);
    expect(codeOf(answer)).toEqual([400, 'invalid_body']);
    expect(answer.body['errors']).toEqual([{ at: `/${at}`, message: expect.stringContaining(at) }]);
    expect(JSON.stringify(answer.body)).not.toContain(TOKEN);
  });

  it('is in a network that is known', async () => {
    const answer = await put('/v1/accounts/myspace', { account: '7' });
    expect(codeOf(answer)).toEqual([400, 'invalid_parameter']);
    expect(answer.body['detail']).toContain('graph, bluesky, mastodon');
  });

  it('can be connected ten times a day', async () => {
    const codes: number[] = [];
    for (let i = 0; i < 11; i++) codes.push((await connect()).status);
    expect(codes).toEqual([...Array.from({ length: 10 }, () => 200), 429]);
    expect((await remove('/v1/accounts/mastodon')).status).toBe(200);
  });
});

describe('watching in another network', () => {
  it('needs an account there, and can be delayed and taken back', async () => {
    expect(codeOf(await put('/v1/watches/mastodon/8'))).toEqual([409, 'no_account']);
    await connect();
    expect(codeOf(await put('/v1/watches/bluesky/did:plc:ben'))).toEqual([409, 'no_account']);
    expect((await put('/v1/watches/mastodon/8')).status).toBe(200);
    const watched = (delay: string) => ({
      watches: [],
      elsewhere: [{ provider: 'mastodon', subject: '8', delay }],
      most: 3,
    });
    expect(await get('/v1/watches')).toEqual(watched('none'));
    expect((await put('/v1/watches/mastodon/8/delay', { delay: 'day' })).status).toBe(200);
    expect((await put('/v1/watches/mastodon/8')).status).toBe(200);
    expect(await get('/v1/watches')).toEqual(watched('day'));
    expect(codeOf(await put('/v1/watches/mastodon/9/delay', { delay: 'day' }))).toEqual([409, 'not_watched']);
    await ingest.viewsUp();
    expect([...(await readPairs(store, 'mastodon', [ada]))[0]!.keys()]).toEqual(['8']);
    expect((await remove('/v1/watches/mastodon/8')).status).toBe(200);
    expect(await get('/v1/watches')).toMatchObject({ elsewhere: [] });
  });

  it('names accounts as the network does', async () => {
    await put('/v1/accounts/bluesky', { account: DID });
    const long = `did:web:${'x'.repeat(190)}.example`;
    for (const subject of ['did:plc:ben', encodeURIComponent('did:web:ben.example%3A3000'), long])
      expect((await put(`/v1/watches/bluesky/${subject}`)).status).toBe(200);
    expect(await get('/v1/watches')).toMatchObject({
      elsewhere: [{ subject: 'did:plc:ben' }, { subject: 'did:web:ben.example%3A3000' }, { subject: long }],
    });
    for (const subject of ['ben', DID, '%00', 'did:plc:a%20b'])
      expect(codeOf(await put(`/v1/watches/bluesky/${subject}`))).toEqual([400, 'invalid_parameter']);
    expect(codeOf(await put('/v1/watches/myspace/ben'))).toEqual([400, 'invalid_parameter']);
  });

  it('counts together with watching here', async () => {
    await connect();
    const ben = `ben${cast}`;
    await put(`/v1/friends/${ben}`);
    await put(`/v1/friends/${ada}`, undefined, ben);
    expect((await put(`/v1/watches/${ben}`)).status).toBe(200);
    for (const subject of ['1', '2']) expect((await put(`/v1/watches/mastodon/${subject}`)).status).toBe(200);
    const fourth = await put('/v1/watches/mastodon/3');
    expect(codeOf(fourth)).toEqual([409, 'too_many_watches']);
    await remove(`/v1/watches/${ben}`);
    expect((await put('/v1/watches/mastodon/3')).status).toBe(200);
    expect(codeOf(await put(`/v1/watches/${ben}`))).toEqual([409, 'too_many_watches']);
    for (let i = 0; i < 2; i++) {
      await remove('/v1/watches/mastodon/3');
      expect((await put('/v1/watches/mastodon/3')).status).toBe(200);
    }
    await remove('/v1/watches/mastodon/3');
    expect((await put('/v1/watches/mastodon/3')).status).toBe(429);
  });

  it('is kept while no account is connected', async () => {
    await connect();
    await put('/v1/watches/mastodon/8');
    await remove('/v1/accounts/mastodon');
    expect(await get('/v1/watches')).toMatchObject({ elsewhere: [{ subject: '8' }] });
  });
});
