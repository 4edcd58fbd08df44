import { jest } from '@jest/globals';
import { connectBus, consumeOrdered, getMessage, openBucket, type Bus } from '@groundswell/bus';
import {
  KEYS_BUCKET,
  MAILED_BUCKET,
  NOTIFY,
  readMailTask,
  SOCIAL,
  subjects,
  writeLedger,
  type MailTask,
  type Notice,
} from '@groundswell/contracts';
import { MailLinks, systemClock } from '@groundswell/runtime';
import { useNats, useRedis } from '@groundswell/testing';
import { Harness } from './harness.js';
import { NETWORKS, NotifierOnPaper } from './notifier-on-paper.js';

jest.setTimeout(60_000);

const SECRET = 'what only the two of them may know, ever';
const nats = useNats();
const redis = useRedis();
const links = new MailLinks({ secret: SECRET, clock: systemClock });
let ingest: Harness;
let cast = 0;
/** The member of one test, so that no limit is shared. */
let ada: string;

beforeAll(async () => {
  ingest = await Harness.start(nats, redis, { mailLinkSecret: SECRET, ...NETWORKS });
});
afterAll(() => ingest.stop());
beforeEach(() => {
  ada = `ada${++cast}`;
});

const get = async (as: string, path: string) => (await ingest.call('GET', path, { as })).body;
const put = (as: string, path: string, body?: object) => ingest.call('PUT', path, { as, ...(body ? { body } : {}) });
const remove = (as: string, path: string) => ingest.call('DELETE', path, { as });
const give = (as: string, address: string) => put(as, '/v1/mail/address', { address });
const addressOf = async (as: string) => (await get(as, '/v1/mail'))['address'];

const metrics = async (): Promise<string> => (await fetch(`${ingest.url}/metrics`)).text();

/** Follows a link as a browser or a mail program does. */
async function follow(method: 'GET' | 'POST', purpose: string, token: string) {
  const body = method === 'POST' ? { body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }) } : {};
  const answer = await fetch(`${ingest.url}/v1/mail/${purpose}?token=${token}`, { method, ...body });
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
}

/** What waits last for the mailer, and all of the log as text. */
async function stored(): Promise<{ task: MailTask | undefined; log: string[] }> {
  const bus = await connectBus({ servers: nats.url, name: 'spec' });
  const last = await getMessage(bus, NOTIFY.name, { lastBySubject: subjects.notify('mail') });
  const log: string[] = [];
  const ended = new AbortController();
  const { done } = await consumeOrdered({
    bus,
    stream: SOCIAL.name,
    filter: '>',
    from: { seq: 1 },
    signal: ended.signal,
    onMessages: (batch) => void log.push(...batch.map(({ data }) => Buffer.from(data).toString())),
    onCaughtUp: () => ended.abort(),
  });
  await done;
  await bus.close();
  return { task: last && readMailTask(last.data), log };
}

async function withBus<T>(use: (bus: Bus) => Promise<T>): Promise<T> {
  const bus = await connectBus({ servers: nats.url, name: 'spec' });
  try {
    return await use(bus);
  } finally {
    await bus.close();
  }
}

function bucketOf<T>(definition: typeof KEYS_BUCKET, use: (bucket: ReturnType<typeof openBucket>) => Promise<T>) {
  return withBus((bus) => use(openBucket(bus, definition)));
}

const NOTICE: Notice = {
  id: 'notice-1',
  provider: 'own',
  subject: 'ben',
  from: 'single',
  to: 'engaged',
  seenAt: 5,
  confirmedAt: 9,
  baselineAt: 1,
  told: 0,
};

describe('an address', () => {
  it('is asked before it is written to, and the log holds it sealed', async () => {
    expect(await addressOf(ada)).toBeNull();
    expect((await give(ada, `${ada}@example.org`)).status).toBe(200);
    expect(await addressOf(ada)).toEqual({ address: `${ada}@example.org`, state: 'asked', reason: null });
    const { task, log } = await stored();
    expect(task).toEqual({ kind: 'question', watcher: ada });
    expect(log.filter((text) => text.includes(ada)).length).toBeGreaterThan(0);
    expect(log.filter((text) => text.includes('example.org'))).toEqual([]);
  });

  it('is confirmed by a button, not by a look at the link', async () => {
    await give(ada, `${ada}@example.org`);
    const token = await links.sign('confirm', { member: ada, address: `${ada}@example.org` });
    const page = await follow('GET', 'confirm', token);
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(page.text).toContain('<form method="post">');
    expect(page.headers.get('referrer-policy')).toBe('no-referrer');
    expect(await addressOf(ada)).toMatchObject({ state: 'asked' });
    expect((await follow('POST', 'confirm', token)).status).toBe(200);
    expect(await addressOf(ada)).toMatchObject({ state: 'confirmed' });
    // Given again, it is not asked again.
    await give(ada, `${ada}@example.org`);
    expect(await addressOf(ada)).toMatchObject({ state: 'confirmed' });
  });

  it('is not confirmed by the link to another one', async () => {
    await give(ada, 'first@example.org');
    const first = await links.sign('confirm', { member: ada, address: 'first@example.org' });
    await give(ada, 'second@example.org');
    expect((await follow('POST', 'confirm', first)).text).toContain('This link is over');
    expect(await addressOf(ada)).toMatchObject({ address: 'second@example.org', state: 'asked' });
  });

  it('is stopped by one click, for good, and only by the click', async () => {
    await give(ada, `${ada}@example.org`);
    const target = { member: ada, address: `${ada}@example.org` };
    const confirm = await links.sign('confirm', target);
    await follow('POST', 'confirm', confirm);
    const token = await links.sign('unsubscribe', target);
    expect((await follow('GET', 'unsubscribe', token)).status).toBe(200);
    expect(await addressOf(ada)).toMatchObject({ state: 'confirmed' });
    const unsubscribed = async (): Promise<number> =>
      Number(/addresses_total\{step="unsubscribed"[^}]*\} (\d+)/.exec(await metrics())?.[1] ?? 0);
    const before = await unsubscribed();
    expect((await follow('POST', 'unsubscribe', token)).text).toContain('You are unsubscribed');
    expect((await follow('POST', 'unsubscribe', token)).status).toBe(200);
    expect((await unsubscribed()) - before).toBe(1);
    await follow('POST', 'confirm', confirm);
    expect(await addressOf(ada)).toMatchObject({ state: 'stopped', reason: 'unsubscribed' });
    // Who wants letters again gives the address again, and is asked.
    await give(ada, `${ada}@example.org`);
    expect(await addressOf(ada)).toMatchObject({ state: 'asked' });
  });

  it.each(['confirm', 'unsubscribe'])('is left alone by a link to %s with a character changed', async (purpose) => {
    await give(ada, `${ada}@example.org`);
    const token = await links.sign(purpose as 'confirm', { member: ada, address: `${ada}@example.org` });
    const changed = token.slice(0, -1) + (token.endsWith('A') ? 'B' : 'A');
    for (const broken of [changed, '', 'x', `${token}&token=${token}`]) {
      const page = await follow('POST', purpose, broken);
      expect([page.status, page.text.includes('Open the link from the letter again')]).toEqual([400, true]);
    }
    expect(await addressOf(ada)).toMatchObject({ state: 'asked' });
  });

  it.each([
    ['no address', 'ada'],
    ['two', 'ada@example.org,ben@example.org'],
    ['a line end', 'ada@example.org\r\nBcc: ben@example.org'],
    ['a line end after it', 'ada@example.org\n'],
    ['a name', 'Ada <ada@example.org>'],
    ['255 characters', `${'a'.repeat(64)}@${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(64)}.org`],
    ['a number', 5],
    ['nothing', undefined],
  ])('is refused with %s', async (_, address) => {
    const answer = await put(ada, '/v1/mail/address', { address });
    expect([answer.status, answer.body['code']]).toEqual([400, 'invalid_body']);
    expect(await addressOf(ada)).toBeNull();
  });

  it('can be asked for five times a day, so that nobody is flooded', async () => {
    const answers = [];
    for (let i = 0; i < 6; i++) answers.push((await give(ada, `victim${i}@example.org`)).status);
    expect(answers).toEqual([200, 200, 200, 200, 200, 429]);
    await remove(ada, '/v1/mail/address');
    expect(await addressOf(ada)).toBeNull();
  });

  it('cannot be given where no mail is sent from', async () => {
    const off = await Harness.start(nats, redis, { node: 'ingest-2' });
    try {
      const answer = await off.call('PUT', '/v1/mail/address', { as: ada, body: { address: 'ada@example.org' } });
      expect([answer.status, answer.body['code']]).toEqual([501, 'mail_off']);
    } finally {
      await off.stop();
    }
  });
});

describe('letters', () => {
  const settings = { rhythm: 'soon', timeZone: 'Europe/Berlin', hour: 7, quiet: { from: 23, to: 6 } };

  it('come once a day until a member wants it otherwise', async () => {
    const usual = { rhythm: 'daily', timeZone: 'UTC', hour: 9, quiet: { from: 22, to: 8 } };
    expect((await get(ada, '/v1/mail'))['letters']).toEqual(usual);
    expect((await put(ada, '/v1/mail/letters', settings)).status).toBe(200);
    expect((await get(ada, '/v1/mail'))['letters']).toEqual(settings);
  });

  it.each([
    { ...settings, rhythm: 'hourly' },
    { ...settings, timeZone: 'Mars/Olympus' },
    { ...settings, hour: 24 },
    { ...settings, quiet: { from: 22 } },
    { ...settings, quiet: { from: 22, to: 8, more: 1 } },
    { ...settings, quiet: 5 },
    {},
  ])('are not set to %j', async (body) => {
    const answer = await put(ada, '/v1/mail/letters', body);
    expect([answer.status, answer.body['code']]).toEqual([400, 'invalid_body']);
  });

  it('are forms at their links alone', async () => {
    const answer = await ingest.call('PUT', '/v1/relationship', {
      as: ada,
      body: 'value=single',
      type: 'application/x-www-form-urlencoded',
    });
    expect([answer.status, answer.body['code']]).toEqual([415, 'unsupported_media_type']);
  });
});

describe('what a member was told', () => {
  it('can be looked up with the looks behind it, by that member alone', async () => {
    const ledger = { mailed: {}, sentAt: [20], history: [{ ...NOTICE, mailedAt: 20 }] };
    await bucketOf(MAILED_BUCKET, (bucket) => bucket.put(ada, writeLedger(ledger)));
    const { id, provider, from, to, seenAt, confirmedAt } = NOTICE;
    expect(await get(ada, '/v1/notices')).toEqual({
      notices: [{ id, provider, subject: { id: 'ben', name: 'ben' }, from, to, seenAt, confirmedAt, mailedAt: 20 }],
    });
    expect(await get(`${ada}x`, '/v1/notices')).toEqual({ notices: [] });
    expect((await ingest.call('GET', '/v1/notices')).status).toBe(401);
  });
});

describe('all that is private', () => {
  it('can be taken away and erased: nothing is left but noise', async () => {
    const ben = `ben${cast}`;
    await put(ada, `/v1/friends/${ben}`);
    await put(ben, `/v1/friends/${ada}`);
    await put(ada, '/v1/relationship', { value: 'engaged' });
    await put(ada, '/v1/relationship/consent', { mode: 'mutuals' });
    await put(ada, `/v1/relationship/watchers/${ben}`);
    await put(ada, `/v1/watches/${ben}`);
    await put(ada, '/v1/accounts/mastodon', { account: '7', token: 'a-token' });
    await withBus(async (bus) => {
      const notifier = new NotifierOnPaper();
      await notifier.start(bus);
      await ingest.call('POST', '/v1/watches/mastodon', { as: ada, body: { subjects: ['8'] } });
      notifier.stop();
    });
    await give(ada, `${ada}@example.org`);
    await put(ada, '/v1/mail/letters', { rhythm: 'soon', timeZone: 'UTC', hour: 7, quiet: { from: 1, to: 1 } });
    const ledger = { mailed: {}, sentAt: [], history: [{ ...NOTICE, mailedAt: 20 }] };
    await bucketOf(MAILED_BUCKET, (bucket) => bucket.put(ada, writeLedger(ledger)));

    const all = await get(ada, '/v1/private');
    expect(all).toMatchObject({
      member: ada,
      relationship: { value: 'engaged' },
      consent: { mode: 'mutuals', answers: [{ watcher: ben, answer: 'allowed' }] },
      watches: [ben],
      accounts: [{ provider: 'mastodon', account: '7', reason: null }],
      elsewhere: [{ provider: 'mastodon', subject: '8', delay: 'none' }],
      mail: { address: { address: `${ada}@example.org` }, letters: { rhythm: 'soon' } },
      notices: [{ id: 'notice-1' }],
    });

    expect(JSON.stringify(all)).not.toContain('token');
    expect((await remove(ada, '/v1/private')).status).toBe(204);
    const nothing = {
      member: ada,
      relationship: { value: null, visibility: 'friends', quiet: false, settle: 'usual', since: null },
      consent: { mode: 'ask', answers: [] },
      watches: [],
      accounts: [],
      elsewhere: [],
      mail: { address: null, letters: { rhythm: 'daily', timeZone: 'UTC', hour: 9, quiet: { from: 22, to: 8 } } },
      notices: [],
    };
    expect(await get(ada, '/v1/private')).toEqual(nothing);
    expect(await bucketOf(KEYS_BUCKET, (bucket) => bucket.get(ada))).toBeUndefined();
    expect(await get(ben, '/v1/relationship/watchers')).toEqual({ watchers: [] });
  });
});
