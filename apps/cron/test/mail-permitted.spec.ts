import { USUAL_LETTERS } from '@groundswell/protocol';
import type { MailPorts } from '../src/mail/mail.js';
import { type MailStage, DAY, MINUTE } from './mail-stage.js';
import { bucketOf, useMail } from './use-mail.js';

const SOON = { ...USUAL_LETTERS, rhythm: 'soon' } as const;

describe('letters that nobody may get', () => {
  const used = useMail();
  const { open } = used;
  let stage: MailStage;
  beforeAll(() => {
    stage = used.stage;
  });

  beforeEach(async () => {
    await stage.settle('ada');
    await stage.watch('ada', 'ben');
  });

  /** Says something right after the letter was taken on. */
  const meanwhile = (says: () => Promise<void>) => (ports: MailPorts) => ({
    ledgers: {
      ...bucketOf(ports),
      create: async (key: string, value: Uint8Array) => {
        const revision = await ports.ledgers.create(key, value);
        await says();
        return revision;
      },
    },
  });

  it('are not sent to who has unsubscribed between claim and send; the notice is on their page', async () => {
    const { id } = await stage.notice('ada', 'ben');
    const content = { step: 'stopped', address: stage.address('ada'), reason: 'unsubscribed' } as const;
    const mail = await open(meanwhile(() => stage.say('ada', { kind: 'address', content })));
    expect(await stage.round(mail)).toEqual(['kept']);
    expect([stage.letters('ada'), await stage.outbox('ada'), await stage.history('ada')]).toEqual([[], [], [id]]);
    expect((await stage.ledger('ada')).sentAt).toEqual([]);
  });

  it.each([
    ['hides', { kind: 'relationship', content: { value: 'engaged', visibility: 'nobody', quiet: false } }],
    ['lets nobody watch', { kind: 'consent', content: { mode: 'off' } }],
    [
      'wants nobody to be told',
      { kind: 'relationship', content: { value: 'engaged', visibility: 'friends', quiet: true } },
    ],
    ['takes it back', { kind: 'relationship', content: { value: null, visibility: 'friends', quiet: false } }],
  ] as const)('tell nothing of who %s between claim and send', async (_, said) => {
    await stage.notice('ada', 'ben');
    const mail = await open(meanwhile(() => stage.say('ben', said)));
    expect(await stage.round(mail)).toEqual(['dropped']);
    expect([stage.letters('ada'), await stage.outbox('ada'), await stage.history('ada')]).toEqual([[], [], []]);
  });

  it('tell nothing of who has removed the watcher, or is no friend any more, and the rest all the same', async () => {
    await stage.watch('ada', 'cleo');
    await stage.watch('ada', 'dora');
    for (const whom of ['ben', 'cleo', 'dora']) await stage.notice('ada', whom);
    const [watcher, dora] = [stage.name('ada'), stage.name('dora')];
    const mail = await open(
      meanwhile(async () => {
        await stage.say('ben', { kind: 'consent', content: { watcher, answer: 'refused' } });
        const edges = [[watcher, dora]];
        await stage.publish('gs.v1.social.friendship', { edges, on: false, mutual: true, at: stage.now });
        await stage.catchUp();
      }),
    );
    expect(await stage.round(mail)).toEqual(['sent']);
    const [letter] = stage.letters('ada');
    expect(letter!.text.match(/\w+ is now/g)).toEqual([`${stage.name('cleo')} is now`]);
    expect(await stage.outbox('ada')).toEqual([]);
  });

  it('tell nothing of who is watched no longer', async () => {
    await stage.notice('ada', 'ben');
    const content = { provider: 'own', subject: stage.name('ben'), on: false };
    const mail = await open(meanwhile(() => stage.say('ada', { kind: 'watch', content })));
    expect(await stage.round(mail)).toEqual(['dropped']);
    expect(stage.letters('ada')).toEqual([]);
  });

  it.each([
    ['has not confirmed an address', 'asked'],
    ['was complained of', 'stopped'],
  ] as const)('are not sent to who %s', async (_, step) => {
    const content =
      step === 'asked'
        ? ({ step, address: stage.address('ada') } as const)
        : ({ step, address: stage.address('ada'), reason: 'complained' } as const);
    await stage.say('ada', { kind: 'address', content });
    const { id } = await stage.notice('ada', 'ben');
    expect(await stage.round(await open())).toEqual(['kept']);
    expect([stage.letters('ada'), await stage.history('ada')]).toEqual([[], [id]]);
  });

  it('are not sent to who wants none, nor sent later when they want them again', async () => {
    await stage.say('ada', { kind: 'letters', content: { ...SOON, rhythm: 'never' } });
    await stage.notice('ada', 'ben');
    const mail = await open();
    expect(await stage.round(mail)).toEqual(['kept']);
    await stage.say('ada', { kind: 'letters', content: SOON });
    stage.now += DAY;
    expect([await stage.round(mail), stage.letters('ada')]).toEqual([[], []]);
  });

  it('wait while the view is behind: what is not read yet could be that nobody wants them', async () => {
    await stage.notice('ada', 'ben');
    await stage.write('ada', {
      kind: 'address',
      content: { step: 'stopped', address: stage.address('ada'), reason: 'unsubscribed' },
    });
    const mail = await open();
    expect(await stage.round(mail)).toEqual(['behind']);
    stage.now += MINUTE;
    expect(await stage.round(mail)).toEqual(['behind']);
    await stage.catchUp();
    stage.now += MINUTE;
    expect([await stage.round(mail), stage.letters('ada')]).toEqual([['kept'], []]);
  });

  it('wait for the view of the watcher too, when all that they tell is of another network', async () => {
    const subject = stage.name('did');
    await stage.say('ada', { kind: 'watch', content: { provider: 'bluesky', subject, on: true } });
    await stage.notice('ada', 'did', { provider: 'bluesky', from: 'follows', to: 'follows_not' });
    stage.now += DAY - 2 * 60 * MINUTE;
    await stage.write('ben', { kind: 'consent', content: { mode: 'off' } });
    const mail = await open();
    expect([await stage.round(mail), stage.letters('ada')]).toEqual([['behind'], []]);
    await stage.catchUp();
    stage.now += 2 * MINUTE;
    expect([await stage.round(mail), stage.letters('ada').length]).toEqual([['sent'], 1]);
  });

  it('are not what an older store says once more', async () => {
    const notice = await stage.notice('ada', 'ben');
    const mail = await open();
    await stage.round(mail);
    // The same change is found again, as it was, and as one whose id nobody remembers.
    await stage.notice('ada', 'ben', { id: notice.id });
    expect(await stage.round(mail)).toEqual(['known']);
    await stage.notice('ada', 'ben', {});
    expect(await stage.round(mail)).toEqual(['known']);
    expect([stage.letters('ada').length, await stage.outbox('ada')]).toEqual([1, []]);
  });
});
