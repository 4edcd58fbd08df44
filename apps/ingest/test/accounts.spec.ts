import { jest } from '@jest/globals';
import { connectBus, consumeOrdered, memberKeys, type Bus } from '@groundswell/bus';
import { SOCIAL, tokenAbout } from '@groundswell/contracts';
import { SealBroken, unseal } from '@groundswell/runtime';
import { connectStore, readAccounts, readPairs, type Store } from '@groundswell/store';
import { useNats, useRedis } from '@groundswell/testing';
import { Harness } from './harness.js';
import { NETWORKS, NotifierOnPaper } from './notifier-on-paper.js';

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
let notifier: NotifierOnPaper;

beforeAll(async () => {
  ingest = await Harness.start(nats, redis, { watchesMax: 3, watchesPerDay: 6, ...NETWORKS });
  bus = await connectBus({ servers: nats.url, name: 'spec' });
  store = await connectStore({ url: redis.url });
});
afterAll(() => Promise.all([ingest.stop(), bus.close(), store.close()]));
beforeEach(async () => {
  ada = `ada${++cast}`;
  notifier = new NotifierOnPaper();
  await notifier.start(bus);
});
afterEach(() => notifier.stop());

const get = async (path: string, as = ada) => (await ingest.call('GET', path, { as })).body;
const put = (path: string, body?: object, as = ada) => ingest.call('PUT', path, { as, ...(body ? { body } : {}) });
const remove = (path: string) => ingest.call('DELETE', path, { as: ada });
const codeOf = ({ status, body }: Awaited<ReturnType<typeof put>>) => [status, body['code']];
const watch = (provider: string, ...chosen: unknown[]) =>
  ingest.call('POST', `/v1/watches/${provider}`, { as: ada, body: { subjects: chosen } });
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
    expect(await get('/v1/accounts')).toEqual({
      accounts: [],
      networks: [
        { provider: 'graph', url: 'https://graph.example' },
        { provider: 'bluesky', url: 'http://127.0.0.1:9/bluesky' },
        { provider: 'mastodon', url: 'https://mastodon.example' },
      ],
    });
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
    expect(await get('/v1/accounts', `${ada}x`)).toMatchObject({ accounts: [] });
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

  it('is connected only where networks are asked', async () => {
    const alone = await Harness.start(nats, redis, { node: 'ingest-2' });
    const call = (method: string, path: string, body?: object) =>
      alone.call(method, path, { as: ada, ...(body ? { body } : {}) });
    const refused = await call('PUT', '/v1/accounts/mastodon', { account: '7', token: TOKEN });
    const { body } = await call('GET', '/v1/accounts');
    await alone.stop();
    expect(codeOf(refused)).toEqual([501, 'network_off']);
    expect(body).toEqual({ accounts: [], networks: [] });
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
    expect(codeOf(await watch('mastodon', '8'))).toEqual([409, 'no_account']);
    await connect();
    expect(codeOf(await watch('bluesky', 'did:plc:ben'))).toEqual([409, 'no_account']);
    expect(notifier.asked).toEqual([]);
    expect((await watch('mastodon', '8')).status).toBe(200);
    const watched = (delay: string) => ({
      watches: [],
      elsewhere: [{ provider: 'mastodon', subject: '8', delay }],
      most: 3,
    });
    expect(await get('/v1/watches')).toEqual(watched('none'));
    expect((await put('/v1/watches/mastodon/8/delay', { delay: 'day' })).status).toBe(200);
    expect((await watch('mastodon', '8')).status).toBe(200);
    expect(await get('/v1/watches')).toEqual(watched('day'));
    expect(codeOf(await put('/v1/watches/mastodon/9/delay', { delay: 'day' }))).toEqual([409, 'not_watched']);
    await ingest.viewsUp();
    expect([...(await readPairs(store, 'mastodon', [ada]))[0]!.keys()]).toEqual(['8']);
    expect((await remove('/v1/watches/mastodon/8')).status).toBe(200);
    expect(await get('/v1/watches')).toMatchObject({ elsewhere: [] });
  });

  it('asks the network once for all that were chosen and are not watched yet', async () => {
    await connect();
    await watch('mastodon', '8');
    expect((await watch('mastodon', '10', '8', '9')).status).toBe(200);
    expect(notifier.asked).toEqual([
      { provider: 'mastodon', watcher: ada, subjects: ['8'] },
      { provider: 'mastodon', watcher: ada, subjects: ['10', '9'] },
    ]);
    expect(await get('/v1/watches')).toMatchObject({
      elsewhere: [{ subject: '10' }, { subject: '8' }, { subject: '9' }],
    });
  });

  it('sends the same choice twice under one key, and it is one', async () => {
    await connect();
    const body = { subjects: ['8', '9'] };
    const once = () => ingest.call('POST', '/v1/watches/mastodon', { as: ada, key: `choice-${ada}`, body });
    const [first, second] = await Promise.all([once(), once()]);
    expect([first.status, second.status]).toEqual([200, 200]);
    expect(await get('/v1/watches')).toMatchObject({ elsewhere: [{ subject: '8' }, { subject: '9' }] });
  });

  it('takes all of a choice or none: those that the network does not know are named', async () => {
    await connect();
    notifier.answer = () => ({ known: ['8'] });
    const answered = await watch('mastodon', '7777', '8', '9999');
    expect(codeOf(answered)).toEqual([422, 'unknown_accounts']);
    expect(answered.body['errors']).toEqual([
      { at: '/subjects/0', message: expect.stringContaining('mastodon') },
      { at: '/subjects/2', message: expect.stringContaining('mastodon') },
    ]);
    expect(await get('/v1/watches')).toMatchObject({ elsewhere: [] });
  });

  it.each([
    ['later', 502, 'network_unavailable'],
    ['refused', 502, 'network_unavailable'],
    ['no_account', 409, 'no_account'],
  ] as const)('adds nobody while the network says %s', async (fault, status, code) => {
    await connect();
    notifier.answer = () => ({ fault });
    expect(codeOf(await watch('mastodon', '8'))).toEqual([status, code]);
    expect(await get('/v1/watches')).toMatchObject({ elsewhere: [] });
  });

  it('adds nobody while no notifier runs', async () => {
    await connect();
    notifier.stop();
    await bus.health();
    expect(codeOf(await watch('mastodon', '8'))).toEqual([502, 'network_unavailable']);
  });

  it('names accounts as the network does', async () => {
    await put('/v1/accounts/bluesky', { account: DID });
    const long = `did:web:${'x'.repeat(190)}.example`;
    expect((await watch('bluesky', 'did:plc:ben', 'did:web:ben.example%3A3000', long)).status).toBe(200);
    expect(await get('/v1/watches')).toMatchObject({
      elsewhere: [{ subject: 'did:plc:ben' }, { subject: 'did:web:ben.example%3A3000' }, { subject: long }],
    });
    expect(codeOf(await watch('bluesky', DID))).toEqual([400, 'invalid_parameter']);
    for (const subject of ['ben', '%00', 'did:plc:a b', '', 7, null, 'did:plc:ben\r\nx'])
      expect(codeOf(await watch('bluesky', subject))).toEqual([400, 'invalid_body']);
    for (const subjects of [[], ['did:plc:a', 'did:plc:a'], Array.from({ length: 26 }, (_, i) => `did:plc:${i}`)])
      expect(codeOf(await watch('bluesky', ...subjects))).toEqual([400, 'invalid_body']);
    expect(codeOf(await watch('myspace', 'ben'))).toEqual([400, 'invalid_parameter']);
    expect(codeOf(await put('/v1/watches/bluesky/ben/delay', { delay: 'day' }))).toEqual([400, 'invalid_parameter']);
  });

  it('counts together with watching here', async () => {
    await connect();
    const ben = `ben${cast}`;
    await put(`/v1/friends/${ben}`);
    await put(`/v1/friends/${ada}`, undefined, ben);
    expect((await put(`/v1/watches/${ben}`)).status).toBe(200);
    expect(codeOf(await watch('mastodon', '1', '2', '3'))).toEqual([409, 'too_many_watches']);
    expect((await watch('mastodon', '1', '2')).status).toBe(200);
    expect(codeOf(await watch('mastodon', '3'))).toEqual([409, 'too_many_watches']);
    await remove(`/v1/watches/${ben}`);
    expect((await watch('mastodon', '3')).status).toBe(200);
    expect(codeOf(await put(`/v1/watches/${ben}`))).toEqual([409, 'too_many_watches']);
    await remove('/v1/watches/mastodon/2');
    await remove('/v1/watches/mastodon/3');
    // Four of six are spent today: three are too many, and cost nothing.
    const three = await watch('mastodon', '1', '3', '4', '5');
    expect(codeOf(three)).toEqual([409, 'too_many_watches']);
    await remove('/v1/watches/mastodon/1');
    const again = await watch('mastodon', '3', '4', '5');
    expect([again.status, again.body['detail']]).toEqual([429, expect.stringContaining('room for 2')]);
    expect((await watch('mastodon', '3', '4')).status).toBe(200);
    await remove('/v1/watches/mastodon/3');
    expect((await watch('mastodon', '3')).status).toBe(429);
  });

  it('is kept while no account is connected', async () => {
    await connect();
    await watch('mastodon', '8');
    await remove('/v1/accounts/mastodon');
    expect(await get('/v1/watches')).toMatchObject({ elsewhere: [{ subject: '8' }] });
  });
});
