import { eventually } from '@groundswell/testing';
import fastify, { type FastifyInstance } from 'fastify';
import { createTransport } from 'nodemailer';
import { addInbox } from './inbox-pages.js';
import { Inbox } from './inbox.js';

describe('the inbox', () => {
  let inbox: Inbox;
  let app: FastifyInstance;
  let smtp: string;
  let url: string;

  beforeEach(async () => {
    inbox = new Inbox();
    smtp = await inbox.start();
    app = fastify();
    addInbox(app, inbox);
    url = await app.listen({ host: '127.0.0.1', port: 0 });
  });
  afterEach(() => Promise.all([inbox.stop(), app.close()]));

  const get = (path: string) => fetch(url + path);
  const textOf = async (path: string) => (await get(path)).text();
  async function deliver(subject: string): Promise<void> {
    const transport = createTransport(smtp);
    await transport.sendMail({
      from: 'us@example.org',
      to: 'ada@example.org',
      subject,
      text: 'Hello & <goodbye>',
      html: '<p>Hello</p><script>alert(1)</script><a href="https://example.org">there</a>',
    });
    transport.close();
  }

  it('says that there is nothing yet', async () => {
    expect(await textOf('/dev/mail')).toContain('No letter has been sent yet');
    expect((await get('/dev/mail/1')).status).toBe(404);
  });

  it('shows what was sent, newest first, and lets no letter do anything', async () => {
    await deliver('First <b>');
    await deliver('Second');
    await eventually(() => Promise.resolve(inbox.letters.length === 2));
    const list = await textOf('/dev/mail');
    expect(list.indexOf('Second')).toBeLessThan(list.indexOf('First &lt;b&gt;'));
    expect(await textOf('/dev/mail/1')).toContain('Hello &amp; &lt;goodbye&gt;');
    const letter = await get('/dev/mail/1/html');
    expect(letter.headers.get('content-security-policy')).toMatch(/^default-src 'none';.*sandbox/);
    expect(await letter.text()).toContain('<a target="_blank" href="https://example.org">');
    expect((await get('/dev/mail/1/source')).headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(await (await get('/dev/mail.json')).json()).toMatchObject([
      { n: 2, to: 'ada@example.org', subject: 'Second' },
      { n: 1, to: 'ada@example.org', subject: 'First <b>', text: 'Hello & <goodbye>' },
    ]);
  });

  it('keeps the newest two hundred', async () => {
    const transport = createTransport({ url: smtp, pool: true });
    for (let i = 0; i < 202; i++)
      await transport.sendMail({ from: 'us@example.org', to: 'ada@example.org', subject: `${i}`, text: 'x' });
    transport.close();
    expect([inbox.letters.length, inbox.letters.at(-1)!.n, inbox.find(2)]).toEqual([200, 3, undefined]);
  });
});
