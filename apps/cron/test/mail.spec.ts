import { USUAL_LETTERS } from '@groundswell/protocol';
import { type MailStage, DAY, MINUTE, NOON } from './mail-stage.js';
import { useMail } from './use-mail.js';

const DAILY = { ...USUAL_LETTERS, timeZone: 'Europe/Berlin' };

describe('letters when all goes well', () => {
  const used = useMail();
  const { open } = used;
  let stage: MailStage;
  beforeAll(() => {
    stage = used.stage;
  });

  it('tell a watcher once, and leave nothing behind', async () => {
    await stage.settle('ada');
    await stage.watch('ada', 'ben');
    await stage.publish('gs.v1.social.profile', {
      profiles: [{ id: stage.name('ben'), name: 'Ben <b>Ro</b>' }],
      at: NOON,
    });
    await stage.catchUp();
    const { id } = await stage.notice('ada', 'ben');
    const mail = await open();
    expect(await stage.round(mail)).toEqual(['sent']);
    stage.now += DAY;
    expect(await stage.round(mail)).toEqual([]);
    const [delivered, ...more] = stage.office.for(stage.address('ada'));
    expect(more).toEqual([]);
    const { mail: letter } = delivered!;
    expect(letter.text).toContain('- Ben <b>Ro</b> is now engaged. Before: single. Seen on 10 January 2030.');
    expect(letter.html).toContain('Ben &lt;b&gt;Ro&lt;/b&gt; is now engaged');
    expect(letter.text).toContain(`https://page.example.org/?notice=${id}`);
    expect(letter.subject).toBe('Your news from Groundswell');
    const unsubscribe = (letter.headers.get('list') as unknown as { unsubscribe: { url: string } }).unsubscribe.url;
    expect(unsubscribe).toMatch(/^https:\/\/api\.example\.org\/v1\/mail\/unsubscribe\?token=[\w-]+\.[\w-]+\.[\w-]+$/);
    expect(letter.text).toContain(unsubscribe);
    expect(await stage.outbox('ada')).toEqual([]);
    expect(await stage.ledger('ada')).toEqual({
      mailed: { [`own:${stage.name('ben')}`]: { baselineAt: 1, value: 'engaged', id } },
      sentAt: [NOON],
      history: [expect.objectContaining({ id, mailedAt: NOON })],
    });
    expect(await stage.waiting(NOON + 10 * DAY)).toBe(0);
  });

  it('wait as long as an operator lets nobody be told of somebody, and tell the others', async () => {
    await stage.settle('ada');
    await stage.watch('ada', 'ben');
    await stage.watch('ada', 'cleo', 'married');
    stage.frozen.add(stage.name('ben'));
    await stage.notice('ada', 'ben');
    await stage.notice('ada', 'cleo', { to: 'married' });
    const mail = await open();
    expect(await stage.round(mail)).toEqual(['sent']);
    stage.now += DAY;
    expect(await stage.round(mail)).toEqual(['waiting']);
    stage.frozen.clear();
    stage.now += DAY;
    expect(await stage.round(mail)).toEqual(['sent']);
    const letters = stage.office.for(stage.address('ada')).map(({ mail: letter }) => letter.text!);
    expect(letters.map((text) => [text.includes('is now married'), text.includes('is now engaged')])).toEqual([
      [true, false],
      [false, true],
    ]);
  });

  it('tell nothing that does not stand any more, there and back', async () => {
    await stage.settle('ada');
    await stage.watch('ada', 'ben');
    await stage.notice('ada', 'ben');
    // Taken back before the letter goes out.
    await stage.say('ben', {
      kind: 'relationship',
      content: { value: 'single', visibility: 'friends', quiet: false },
    });
    const mail = await open();
    expect(await stage.round(mail)).toEqual(['dropped']);
    await stage.notice('ada', 'ben', { from: 'engaged', to: 'single', told: 1 });
    stage.now += DAY;
    expect(await stage.round(mail)).toEqual(['known']);
    expect(stage.office.for(stage.address('ada'))).toEqual([]);
  });

  it('tell all that there is in one', async () => {
    await stage.settle('ada');
    await stage.watch('ada', 'ben');
    await stage.watch('ada', 'cleo', 'married');
    await stage.notice('ada', 'ben');
    stage.now++;
    await stage.notice('ada', 'cleo', { to: 'married' });
    expect(await stage.round(await open())).toEqual(['sent']);
    expect(stage.letters('ada').map(({ text }) => text.match(/is now \w+/g))).toEqual([
      ['is now engaged', 'is now married'],
    ]);
  });

  it('wait for nine in the morning, local time, and come once then', async () => {
    await stage.settle('ada', DAILY);
    await stage.watch('ada', 'ben');
    await stage.notice('ada', 'ben');
    const mail = await open();
    expect(await stage.round(mail)).toEqual(['waiting']);
    stage.now = Date.UTC(2030, 0, 11, 7, 59);
    expect(await stage.round(mail)).toEqual([]);
    stage.now = Date.UTC(2030, 0, 11, 8);
    expect(await stage.round(mail)).toEqual(['sent']);
    expect(stage.letters('ada')).toHaveLength(1);
  });

  it('are not sent in quiet hours', async () => {
    await stage.settle('ada');
    await stage.watch('ada', 'ben');
    stage.now = Date.UTC(2030, 0, 10, 22);
    await stage.notice('ada', 'ben');
    const mail = await open();
    expect(await stage.round(mail)).toEqual(['waiting']);
    stage.now = Date.UTC(2030, 0, 11, 8) - 1;
    expect(await stage.round(mail)).toEqual([]);
    stage.now += 1;
    expect(await stage.round(mail)).toEqual(['sent']);
  });

  it('wait for as long as the watcher wants to be left alone after a change', async () => {
    await stage.settle('ada');
    await stage.watch('ada', 'ben');
    const content = { provider: 'own', subject: stage.name('ben'), on: true, delayMs: 60 * MINUTE };
    await stage.say('ada', { kind: 'watch', content });
    await stage.notice('ada', 'ben');
    const mail = await open();
    expect(await stage.round(mail)).toEqual(['waiting']);
    stage.now = NOON + 60 * MINUTE - 1;
    expect(await stage.round(mail)).toEqual([]);
    stage.now = NOON + 60 * MINUTE;
    expect(await stage.round(mail)).toEqual(['sent']);
  });

  it('tell of another network daily, whatever is told of this one at once', async () => {
    await stage.settle('ada');
    await stage.watch('ada', 'ben');
    const subject = stage.name('did');
    await stage.say('ada', { kind: 'watch', content: { provider: 'bluesky', subject, on: true } });
    await stage.notice('ada', 'did', { provider: 'bluesky', from: 'follows', to: 'follows_not' });
    await stage.notice('ada', 'ben');
    const mail = await open();
    expect(await stage.round(mail)).toEqual(['sent']);
    stage.now = Date.UTC(2030, 0, 11, 9);
    expect(await stage.round(mail)).toEqual(['sent']);
    const [first, second] = stage.letters('ada');
    expect(first!.text).not.toContain('Bluesky');
    expect(second!.text).toContain(`- ${subject} no longer follows you on Bluesky.`);
  });

  it('are three in a day at most; what is left comes in one when the day is over', async () => {
    await stage.settle('ada');
    const mail = await open();
    const outcomes: string[] = [];
    for (const whom of ['b', 'c', 'd', 'e', 'f']) {
      await stage.watch('ada', whom);
      await stage.notice('ada', whom);
      outcomes.push(...(await stage.round(mail)));
      stage.now += MINUTE;
    }
    expect(outcomes).toEqual(['sent', 'sent', 'sent', 'full', 'full']);
    stage.now = NOON + DAY - 1;
    expect(await stage.round(mail)).toEqual([]);
    stage.now = NOON + DAY;
    expect(await stage.round(mail)).toEqual(['sent']);
    expect(stage.letters('ada').map(({ text }) => text.match(/is now/g)!.length)).toEqual([1, 1, 1, 2]);
  });
});
