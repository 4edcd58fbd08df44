import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:net';
import { createMailer, type Letter, type Mailer, type MailerOptions } from '../src/mail/mailer.js';
import { PostOffice } from './mail-post-office.js';

const ID = '0123456789abcdef0123456789abcdef';
const UNSUBSCRIBE = `https://api.example.org/v1/mail/unsubscribe?token=${'x'.repeat(300)}`;

let count = 0;

describe('Mailer', () => {
  let office: PostOffice;
  let mailer: Mailer;
  let to: string;

  const open = (more: Partial<MailerOptions> = {}): Mailer =>
    createMailer({
      url: office.url,
      requireTls: false,
      from: { name: 'Groundswell', address: 'hello@example.org' },
      returnPath: 'bounces@b.example.org',
      connections: 2,
      stepMs: 2_000,
      letterMs: 3_000,
      ...more,
    });
  const letter = (more: Partial<Letter> = {}): Letter => ({
    id: ID,
    to,
    at: Date.UTC(2030, 0, 10, 9),
    subject: 'Your news – ü',
    text: 'Hello ü\n',
    html: '<p>Hello ü</p>',
    unsubscribe: UNSUBSCRIBE,
    ...more,
  });

  beforeAll(async () => {
    office = new PostOffice();
    await office.open();
  });
  afterAll(() => office.close());
  beforeEach(() => {
    to = `ada${++count}@example.net`;
    mailer = open();
  });
  afterEach(() => {
    office.refusesSender = undefined;
    mailer.stop();
  });

  it('delivers a letter with everything that a mail program has to know of it', async () => {
    expect(await mailer.send(letter())).toEqual({ kind: 'sent' });
    const [{ from, mail, raw }, ...more] = office.for(to) as [ReturnType<PostOffice['for']>[0]];
    expect(more).toEqual([]);
    expect(from).toBe(`bounces+${ID}@b.example.org`);
    expect(mail.messageId).toBe(`<${ID}@example.org>`);
    expect(mail.from!.value).toEqual([{ name: 'Groundswell', address: 'hello@example.org' }]);
    expect([mail.to].flat().map((one) => one!.value)).toEqual([[{ name: '', address: to }]]);
    expect(mail.subject).toBe('Your news – ü');
    expect(mail.date).toEqual(new Date(Date.UTC(2030, 0, 10, 9)));
    expect(mail.text).toBe('Hello ü\n');
    expect(mail.html).toContain('<p>Hello ü</p>');
    expect(mail.headers.get('auto-submitted')).toBe('auto-generated');
    expect(mail.attachments).toEqual([]);
    // RFC 8058: one HTTPS address, and the post header with exactly this value, each once.
    expect(mail.headers.get('list')).toEqual({
      unsubscribe: { url: UNSUBSCRIBE },
      'unsubscribe-post': { name: 'List-Unsubscribe=One-Click' },
    });
    const lines = mail.headerLines.filter(({ key }) => key.startsWith('list-')).map(({ line }) => line);
    expect(lines.map((line) => line.replaceAll(/\s+/g, ''))).toEqual(
      expect.arrayContaining([`List-Unsubscribe:<${UNSUBSCRIBE}>`, 'List-Unsubscribe-Post:List-Unsubscribe=One-Click']),
    );
    expect(lines).toHaveLength(2);
    const widths = raw
      .toString('latin1')
      .split('\r\n')
      .map((line) => line.length);
    expect(Math.max(...widths)).toBeLessThan(998);
  });

  it('has nothing to unsubscribe from in a question', async () => {
    const { unsubscribe: _, ...question } = letter();
    expect(await mailer.send(question)).toEqual({ kind: 'sent' });
    expect(office.for(to)[0]!.mail.headers.has('list')).toBe(false);
  });

  it('signs what unsubscribing rests on', async () => {
    mailer.stop();
    const { privateKey } = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    });
    mailer = open({ dkim: { domain: 'example.org', selector: 'k1', privateKey } });
    await mailer.send(letter());
    const { params } = office.for(to)[0]!.mail.headers.get('dkim-signature') as unknown as {
      params: Record<string, string>;
    };
    expect(params).toMatchObject({ d: 'example.org', s: 'k1', a: 'rsa-sha256' });
    const signed = params['h']!.toLowerCase().replaceAll(/\s/g, '').split(':');
    expect(signed).toEqual(
      expect.arrayContaining(['from', 'to', 'subject', 'message-id', 'list-unsubscribe', 'list-unsubscribe-post']),
    );
  });

  it.each([
    'ada@example.net\r\nBcc: eve@example.net',
    'ada@example.net\nRCPT TO:<eve@example.net>',
    'ada@example.net, eve@example.net',
    'Ada <ada@example.net>',
    'ada@example.net>\r\nRCPT TO:<eve@example.net',
    '',
  ])('refuses %j before there is a connection', async (address) => {
    const before = office.tries.size;
    expect(await mailer.send(letter({ to: address }))).toEqual({
      kind: 'refused',
      reason: 'this is not one mail address',
    });
    expect([office.tries.size, office.for('eve@example.net')]).toEqual([before, []]);
  });

  it.each([
    ['refused', { rcpt: '5.1.1 No such user', code: 550 }],
    ['refused', { data: '5.2.1 This mailbox is disabled', code: 550 }],
  ] as const)('is %s after %j', async (kind, conduct) => {
    office.conduct.set(to, [conduct]);
    expect(await mailer.send(letter())).toMatchObject({ kind });
    expect(office.for(to)).toEqual([]);
  });

  it.each([
    [false, { rcpt: '4.2.1 Greylisted', code: 450 }],
    [false, { data: '4.3.0 Come again', code: 451 }],
    [true, { rcpt: '5.7.1 Relaying denied', code: 550 }],
    [true, { data: '5.7.1 This looks like spam', code: 554 }],
  ] as const)('is later, ours %s, after %j', async (ours, conduct) => {
    office.conduct.set(to, [conduct]);
    expect(await mailer.send(letter())).toMatchObject({ kind: 'later', ours });
    expect(await mailer.send(letter())).toEqual({ kind: 'sent' });
  });

  it('says why without the address, which servers like to repeat', async () => {
    office.conduct.set(to, [{ rcpt: `5.1.1 <${to}>: No such user`, code: 550 }]);
    const { reason } = (await mailer.send(letter())) as { reason: string };
    expect(reason).toContain('550 5.1.1 <the address>: No such user');
  });

  it('is later when the sender is refused: that says nothing of an address', async () => {
    office.refusesSender = { text: '5.1.8 Bad sender', code: 550 };
    expect(await mailer.send(letter())).toMatchObject({ kind: 'later', ours: true });
  });

  it('is later when the connection breaks after the letter, and does not send it again by itself', async () => {
    office.conduct.set(to, ['drop']);
    expect(await mailer.send(letter())).toMatchObject({ kind: 'later', ours: false });
    expect([office.for(to).length, office.tries.get(to)]).toEqual([1, 1]);
    expect(await mailer.send(letter())).toEqual({ kind: 'sent' });
    expect(office.for(to).map(({ mail }) => mail.messageId)).toEqual([`<${ID}@example.org>`, `<${ID}@example.org>`]);
  });

  it('is later when a connection that served before is gone, and tries no other one by itself', async () => {
    expect(await mailer.send(letter())).toEqual({ kind: 'sent' });
    office.conduct.set(to, ['hang up']);
    expect(await mailer.send(letter())).toMatchObject({ kind: 'later', ours: false });
    expect([office.for(to).length, office.tries.get(to)]).toEqual([1, 2]);
  });

  it('is later when nobody is there, and when somebody says nothing', async () => {
    const silent = createServer(() => undefined);
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', () => resolve()));
    const { port } = silent.address() as { port: number };
    const mute = open({ url: `smtp://127.0.0.1:${port}`, stepMs: 200 });
    expect(await mute.send(letter())).toMatchObject({ kind: 'later', ours: false });
    mute.stop();
    await new Promise((resolve) => silent.close(resolve));
    const nobody = open({ url: `smtp://127.0.0.1:${port}` });
    expect(await nobody.send(letter())).toMatchObject({ kind: 'later', ours: false });
    nobody.stop();
  });

  it('sends nothing over a connection that cannot be encrypted where it has to be', async () => {
    const strict = open({ requireTls: true });
    expect(await strict.send(letter())).toMatchObject({ kind: 'later', ours: true });
    strict.stop();
    expect(office.for(to)).toEqual([]);
  });

  it('does not begin with an address of ours that is none', () => {
    expect(() => open({ returnPath: 'nobody' })).toThrow('is no mail address');
    expect(() => open({ from: { name: '', address: 'a@example.org, b@example.org' } })).toThrow('is no mail address');
  });
});
