import { useNats, useRedis } from '@groundswell/testing';
import { USUAL_LETTERS } from '@groundswell/protocol';
import { BEGIN_BEFORE_MS, CLAIM_MS } from '../src/mail/ledger.js';
import type { Mail, MailPorts } from '../src/mail/mail.js';
import { DAY, MailStage, MINUTE, NOON } from './mail-stage.js';

const DAILY = { ...USUAL_LETTERS, timeZone: 'Europe/Berlin' };
const SOON = { ...USUAL_LETTERS, rhythm: 'soon' } as const;

/** What a process dies of. */
const killed = (): Promise<never> => Promise.reject(new Error('killed'));

/** Fails the so-manyth time that it is called. */
function failing<A extends unknown[], T>(work: (...args: A) => Promise<T>, at: number): (...args: A) => Promise<T> {
  let calls = 0;
  return (...args) => (++calls === at ? killed() : work(...args));
}

describe('letters', () => {
  const nats = useNats();
  const redis = useRedis();
  let stage: MailStage;
  let opened: Mail[] = [];

  const open = async (...args: Parameters<MailStage['open']>): Promise<Mail> => {
    const mail = await stage.open(...args);
    opened.push(mail);
    return mail;
  };

  beforeAll(async () => {
    stage = await MailStage.start({ nats: nats.url, redis: redis.url });
  });
  afterAll(() => stage.stop());
  beforeEach(() => stage.begin());
  afterEach(async () => {
    await Promise.all(opened.map((mail) => mail.stop()));
    opened = [];
  });

  describe('when all goes well', () => {
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

  describe('that nobody may get', () => {
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

  describe('when something goes wrong', () => {
    beforeEach(async () => {
      await stage.settle('ada');
      await stage.watch('ada', 'ben');
      await stage.notice('ada', 'ben');
    });

    it('are sent by another process when the first one dies between claim and send', async () => {
      const dying = await open((ports) => ({ mailer: { ...ports.mailer, send: killed } }));
      expect(await stage.round(dying)).toEqual(['failed']);
      const { claim } = await stage.ledger('ada');
      const mail = await open();
      stage.now += CLAIM_MS - 2;
      await stage.task({ kind: 'letter', watcher: stage.name('ada'), until: 0 });
      expect(await stage.round(mail)).toEqual(['taken']);
      stage.now += 15 * MINUTE;
      expect(await stage.round(mail)).toEqual(['sent']);
      expect(stage.letters('ada').map(({ id }) => id)).toEqual([`<${claim!.letter}@example.org>`]);
    });

    it('are left to somebody else by who was away for too long between claim and send', async () => {
      let awayMs = CLAIM_MS - BEGIN_BEFORE_MS + 1;
      const mail = await open((ports) => ({
        end: () => {
          stage.now += awayMs;
          awayMs = 0;
          return ports.end();
        },
      }));
      expect(await stage.round(mail)).toEqual(['taken']);
      expect(stage.letters('ada')).toEqual([]);
      stage.now += CLAIM_MS;
      expect(await stage.round(mail)).toEqual(['sent']);
    });

    it('are the very same twice, and no more, when it is not written down that one was sent', async () => {
      const dying = await open((ports) => ({
        ledgers: {
          ...bucketOf(ports),
          update: failing((...args: Parameters<MailPorts['ledgers']['update']>) => ports.ledgers.update(...args), 1),
        },
      }));
      expect(await stage.round(dying)).toEqual(['failed']);
      const mail = await open();
      for (let i = 0; i < 3; i++) {
        stage.now += 15 * MINUTE;
        await stage.round(mail);
      }
      const letters = stage.letters('ada');
      expect([letters.length, new Set(letters.map(({ id }) => id)).size]).toEqual([2, 1]);
      expect([await stage.outbox('ada'), (await stage.ledger('ada')).claim]).toEqual([[], undefined]);
    });

    it('are sent once when it is written down, and the outbox is not cleared', async () => {
      const dying = await open(() => ({ clear: killed }));
      expect(await stage.round(dying)).toEqual(['failed']);
      stage.now += 15 * MINUTE;
      expect(await stage.round(await open())).toEqual(['known']);
      expect([stage.letters('ada').length, await stage.outbox('ada')]).toEqual([1, []]);
    });

    it('are the very same when the connection breaks after the letter', async () => {
      stage.office.conduct.set(stage.address('ada'), ['drop']);
      const mail = await open();
      expect(await stage.round(mail)).toEqual(['later']);
      // What comes meanwhile is another letter.
      await stage.watch('ada', 'cleo');
      await stage.notice('ada', 'cleo');
      stage.now += 5 * MINUTE;
      expect([...(await stage.round(mail)), ...(await stage.round(mail))]).toEqual(['sent', 'sent']);
      const ids = stage.letters('ada').map(({ id }) => id);
      expect([ids.length, ids[0] === ids[1], ids[1] === ids[2]]).toEqual([3, true, false]);
    });

    it('are tried again after a 4xx, later each time', async () => {
      const busy = { rcpt: '4.2.1 Come again', code: 450 };
      stage.office.conduct.set(stage.address('ada'), [busy, busy, busy]);
      const mail = await open();
      const waits: number[] = [];
      expect(await stage.round(mail)).toEqual(['later']);
      for (const outcome of ['later', 'later', 'sent']) {
        const from = stage.now;
        let outcomes: string[] = [];
        while (outcomes.length === 0) {
          stage.now += MINUTE;
          outcomes = await stage.round(mail);
        }
        expect(outcomes).toEqual([outcome]);
        waits.push(Math.round((stage.now - from) / MINUTE));
      }
      expect(waits).toEqual([5, 10, 20]);
      expect(stage.letters('ada')).toHaveLength(1);
    });

    it('stop going to an address after a 5xx; what was to be told is on the page', async () => {
      stage.office.conduct.set(stage.address('ada'), [{ rcpt: '5.1.1 No such user', code: 550 }]);
      const mail = await open();
      expect(await stage.round(mail)).toEqual(['refused']);
      expect(await stage.state('ada')).toBe('stopped bounced');
      await stage.watch('ada', 'cleo');
      await stage.notice('ada', 'cleo');
      expect(await stage.round(mail)).toEqual(['kept']);
      expect([stage.letters('ada'), (await stage.history('ada')).length]).toEqual([[], 2]);
    });

    it('go on to an address that is not to blame for a 5xx', async () => {
      stage.office.conduct.set(stage.address('ada'), [{ data: '5.7.1 Your network is on a list', code: 554 }]);
      const mail = await open();
      expect([await stage.round(mail), await stage.state('ada')]).toEqual([['later'], 'confirmed']);
      stage.now += 5 * MINUTE;
      expect(await stage.round(mail)).toEqual(['sent']);
    });

    it('are not sent to an address with another one in it, and it is stopped', async () => {
      const address = `${stage.address('ada')}\r\nRCPT TO:<eve@example.net>`;
      await stage.say('ada', { kind: 'address', content: { step: 'confirmed', address } });
      expect(await stage.round(await open())).toEqual(['refused']);
      expect([await stage.state('ada'), stage.letters('ada'), stage.office.for('eve@example.net')]).toEqual([
        'stopped bounced',
        [],
        [],
      ]);
    });

    it('are sent by one of two workers that have the same task', async () => {
      const [one, other] = [await open(), await open()];
      const task = { kind: 'letter', watcher: stage.name('ada'), until: NOON + 15 * MINUTE } as const;
      await Promise.all([one.plan(), stage.task(task), stage.task(task), stage.task(task)]);
      await Promise.all([stage.workOff(one), stage.workOff(other)]);
      expect(stage.letters('ada')).toHaveLength(1);
      expect(stage.outcomes.filter((outcome) => outcome === 'sent')).toHaveLength(1);
    });

    it('are not lost when one comes while another is sent', async () => {
      const slow = await open((ports) => ({
        mailer: {
          ...ports.mailer,
          send: async (letter) => {
            await stage.watch('ada', 'cleo');
            await stage.notice('ada', 'cleo');
            return ports.mailer.send(letter);
          },
        },
      }));
      expect(await stage.round(slow)).toEqual(['sent']);
      expect(await stage.outbox('ada')).toHaveLength(1);
      expect(await stage.round(await open())).toEqual(['sent']);
      expect(stage.letters('ada')).toHaveLength(2);
    });
  });

  describe('questions', () => {
    const ask = async (): Promise<void> => {
      await stage.say('ada', { kind: 'address', content: { step: 'asked', address: stage.address('ada') } });
      await stage.task({ kind: 'question', watcher: stage.name('ada') });
    };

    it('go to the address that is asked about, with a link and nothing to unsubscribe from', async () => {
      await ask();
      expect(await stage.round(await open())).toEqual(['asked']);
      const [{ mail }] = stage.office.for(stage.address('ada')) as [ReturnType<typeof stage.office.for>[0]];
      expect(mail.text).toMatch(/\nhttps:\/\/api\.example\.org\/v1\/mail\/confirm\?token=[\w-]+\.[\w-]+\.[\w-]+\n/);
      expect([mail.headers.has('list'), mail.headers.get('auto-submitted')]).toEqual([false, 'auto-generated']);
    });

    it('go nowhere once the address is confirmed, stopped or gone', async () => {
      await ask();
      await stage.say('ada', { kind: 'address', content: { step: 'confirmed', address: stage.address('ada') } });
      await stage.task({ kind: 'question', watcher: stage.name('nobody') });
      expect(await stage.round(await open())).toEqual(['over', 'over']);
      expect(stage.letters('ada')).toEqual([]);
    });

    it('are five an hour at most', async () => {
      const mail = await open();
      for (let i = 0; i < 6; i++) {
        await ask();
        stage.now += MINUTE;
        await stage.workOff(mail);
      }
      expect(stage.outcomes).toEqual(['asked', 'asked', 'asked', 'asked', 'asked', 'full']);
      expect(stage.letters('ada')).toHaveLength(5);
    });

    it('wait while the view is behind', async () => {
      await stage.write('ada', { kind: 'address', content: { step: 'asked', address: stage.address('ada') } });
      await stage.task({ kind: 'question', watcher: stage.name('ada') });
      expect([await stage.round(await open()), stage.letters('ada')]).toEqual([['failed'], []]);
    });
  });

  function bucketOf({ ledgers }: MailPorts): MailPorts['ledgers'] {
    return {
      get: (key) => ledgers.get(key),
      create: (key, value) => ledgers.create(key, value),
      update: (key, value, revision) => ledgers.update(key, value, revision),
    };
  }
});
