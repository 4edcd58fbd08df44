import { BEGIN_BEFORE_MS, CLAIM_MS } from '../src/mail/ledger.js';
import type { MailPorts } from '../src/mail/mail.js';
import { type MailStage, MINUTE, NOON } from './mail-stage.js';
import { bucketOf, useMail } from './use-mail.js';

/** What a process dies of. */
const killed = (): Promise<never> => Promise.reject(new Error('killed'));

/** Fails the so-manyth time that it is called. */
function failing<A extends unknown[], T>(work: (...args: A) => Promise<T>, at: number): (...args: A) => Promise<T> {
  let calls = 0;
  return (...args) => (++calls === at ? killed() : work(...args));
}

describe('letters when something goes wrong', () => {
  const used = useMail();
  const { open } = used;
  let stage: MailStage;
  beforeAll(() => {
    stage = used.stage;
  });

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
