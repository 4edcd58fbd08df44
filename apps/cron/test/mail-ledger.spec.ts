import { connectBus, ensureBuckets, openBucket, PublishUnknown, type Bus } from '@groundswell/bus';
import { MAILED_BUCKET, NOTICES_KEPT, type Notice } from '@groundswell/contracts';
import { random, useNats } from '@groundswell/testing';
import { CLAIM_MS, MailLedgers, type Claimed, type LedgerBucket } from '../src/mail/ledger.js';

const DAY = 24 * 3_600_000;
const NOW = Date.UTC(2030, 0, 10, 12);

let count = 0;

describe('MailLedgers', () => {
  const nats = useNats();
  let bus: Bus;
  let bucket: LedgerBucket;
  let ledgers: MailLedgers;
  let ada: string;

  beforeAll(async () => {
    bus = await connectBus({ servers: nats.url, name: 'spec' });
    await ensureBuckets(bus, [MAILED_BUCKET]);
    bucket = openBucket(bus, MAILED_BUCKET);
    ledgers = new MailLedgers(bucket);
  });
  afterAll(() => bus.close());
  beforeEach(() => {
    ada = `ada${++count}`;
  });

  const notice = (id: string, more: Partial<Notice> = {}): Notice => ({
    id,
    provider: 'own',
    subject: `of-${id}`,
    from: 'single',
    to: 'engaged',
    seenAt: 1,
    confirmedAt: 1,
    baselineAt: 1,
    told: 0,
    ...more,
  });
  const claimed = async (notices: readonly Notice[], now: number): Promise<Extract<Claimed, { kind: 'letter' }>> => {
    const result = await ledgers.claim(ada, notices, now);
    if (result.kind !== 'letter') throw new Error(`it was ${result.kind}`);
    return result;
  };
  const send = async (notices: readonly Notice[], now: number): Promise<void> => {
    const { claim } = await claimed(notices, now);
    await ledgers.record(ada, claim.letter, { told: claim.notices, sent: true, now });
  };

  it('gives a letter to one of many who want it', async () => {
    const results = await Promise.all(Array.from({ length: 8 }, () => ledgers.claim(ada, [notice('a')], NOW)));
    expect(results.map(({ kind }) => kind).sort()).toEqual(['letter', ...Array.from({ length: 7 }, () => 'taken')]);
  });

  it('gives the very same letter again once its time is over, whatever else there is to tell', async () => {
    const first = await claimed([notice('a'), notice('b')], NOW);
    expect(await ledgers.claim(ada, [notice('c')], NOW + CLAIM_MS - 1)).toEqual({
      kind: 'taken',
      until: NOW + CLAIM_MS,
    });
    const second = await claimed([notice('c')], NOW + CLAIM_MS);
    expect(second.claim).toEqual({ ...first.claim, until: NOW + 2 * CLAIM_MS });
  });

  it('names a letter by its notices, in whatever order they come', async () => {
    const { claim } = await claimed([notice('a'), notice('b')], NOW);
    ada = `ada${++count}`;
    const other = await claimed([notice('b'), notice('a')], NOW + 5);
    ada = `ada${++count}`;
    const third = await claimed([notice('a'), notice('c')], NOW);
    expect(claim.letter).toMatch(/^[0-9a-f]{32}$/);
    expect([other.claim.letter === claim.letter, third.claim.letter === claim.letter]).toEqual([true, false]);
  });

  it('writes down what was told once', async () => {
    const { claim } = await claimed([notice('a')], NOW);
    const told = { told: claim.notices, sent: true, now: NOW + 1 };
    await Promise.all([ledgers.record(ada, claim.letter, told), ledgers.record(ada, claim.letter, told)]);
    await ledgers.record(ada, claim.letter, { ...told, now: NOW + 2 });
    expect(await ledgers.read(ada)).toEqual({
      mailed: { 'own:of-a': { baselineAt: 1, value: 'engaged', id: 'a' } },
      sentAt: [NOW + 1],
      history: [{ ...notice('a'), mailedAt: NOW + 1 }],
    });
  });

  it('does not end the claim of another letter', async () => {
    const { claim } = await claimed([notice('a')], NOW);
    await ledgers.record(ada, 'another', { told: [notice('b')], sent: true, now: NOW });
    await ledgers.putOff(ada, { letter: 'another', until: NOW + DAY, tries: 9 });
    expect((await ledgers.read(ada)).claim).toEqual(claim);
  });

  it('tells no news twice', async () => {
    await send([notice('a', { subject: 'ben' })], NOW);
    const again = [
      notice('a', { subject: 'ben' }),
      // Found anew by a store that has forgotten it.
      notice('z', { subject: 'ben' }),
    ];
    expect(await ledgers.claim(ada, again, NOW)).toEqual({ kind: 'nothing', stale: ['a', 'z'] });
  });

  it('tells the last of several changes, against what the watcher knows', async () => {
    await send([notice('a', { subject: 'ben' })], NOW);
    const back = notice('back', { subject: 'ben', from: 'engaged', to: 'single', told: 1, confirmedAt: 2 });
    const forth = notice('forth', { subject: 'ben', told: 2, confirmedAt: 3 });
    const on = notice('on', { subject: 'ben', from: 'engaged', to: 'married', told: 3, confirmedAt: 4 });
    expect(await ledgers.claim(ada, [forth, back], NOW)).toEqual({ kind: 'nothing', stale: ['forth', 'back'] });
    const { claim, stale } = await claimed([on, forth, back, notice('c')], NOW);
    expect([claim.notices.map(({ id, from, to }) => [id, from, to]), stale]).toEqual([
      [
        ['c', 'single', 'engaged'],
        ['on', 'engaged', 'married'],
      ],
      ['forth', 'back'],
    ]);
  });

  it('begins anew with a new baseline', async () => {
    await send([notice('a', { subject: 'ben' })], NOW);
    const anew = notice('anew', { subject: 'ben', baselineAt: 9, confirmedAt: 4 });
    const { claim } = await claimed([anew, notice('b', { subject: 'ben', to: 'married', told: 1 })], NOW);
    expect(claim.notices).toEqual([anew]);
  });

  it('remembers what the watcher knows when something is not told after all', async () => {
    const { claim } = await claimed([notice('a', { subject: 'ben' })], NOW);
    await ledgers.record(ada, claim.letter, { told: [], sent: false, now: NOW });
    const back = notice('back', { subject: 'ben', from: 'engaged', to: 'single', told: 1, confirmedAt: 2 });
    expect(await ledgers.claim(ada, [back], NOW)).toEqual({ kind: 'nothing', stale: ['back'] });
    const on = notice('on', { subject: 'ben', from: 'engaged', to: 'married', told: 1, confirmedAt: 2 });
    expect((await claimed([on], NOW)).claim.notices).toEqual([{ ...on, from: 'single' }]);
  });

  it('knows what it has told even when the pair has moved on', async () => {
    await send([notice('a', { subject: 'ben' })], NOW);
    await send([notice('b', { subject: 'ben', from: 'engaged', to: 'single', told: 1 })], NOW);
    expect(await ledgers.claim(ada, [notice('a', { subject: 'ben' })], NOW)).toEqual({ kind: 'nothing', stale: ['a'] });
  });

  it('sends three letters in any 24 hours', async () => {
    for (const [i, id] of ['a', 'b', 'c'].entries()) await send([notice(id)], NOW + i);
    expect(await ledgers.claim(ada, [notice('d'), notice('a')], NOW + DAY - 1)).toEqual({
      kind: 'full',
      until: NOW + DAY,
      stale: ['a'],
    });
    await send([notice('d')], NOW + DAY);
    expect(await ledgers.claim(ada, [notice('e')], NOW + DAY)).toMatchObject({ kind: 'full', until: NOW + 1 + DAY });
    expect((await ledgers.read(ada)).sentAt).toHaveLength(3);
  });

  it('counts no letter where nobody was written to', async () => {
    for (const id of ['a', 'b', 'c', 'd']) {
      const { claim } = await claimed([notice(id)], NOW);
      await ledgers.record(ada, claim.letter, { told: claim.notices, sent: false, now: NOW });
    }
    expect([(await ledgers.read(ada)).sentAt, (await ledgers.read(ada)).history.length]).toEqual([[], 4]);
  });

  it('tells no more at a time than it remembers, and remembers the newest', async () => {
    const many = Array.from({ length: NOTICES_KEPT + 20 }, (_, i) => notice(`n${i}`, { confirmedAt: i }));
    await send(many, NOW);
    const { history } = await ledgers.read(ada);
    expect([history.length, history[0]!.id, history.at(-1)!.id]).toEqual([NOTICES_KEPT, `n${NOTICES_KEPT - 1}`, 'n0']);
    const { claim, stale } = await claimed(many, NOW);
    expect([claim.notices.length, stale.length]).toEqual([20, NOTICES_KEPT]);
  });

  it('writes down again what is not known to be written', async () => {
    const { claim } = await claimed([notice('a')], NOW);
    let calls = 0;
    const shaky = new MailLedgers({
      get: (key) => bucket.get(key),
      create: (key, value) => bucket.create(key, value),
      update: async (key, value, revision) => {
        const stored = await bucket.update(key, value, revision);
        // It was stored, and nobody knows.
        if (++calls === 1) throw new PublishUnknown('no answer in time');
        return stored;
      },
    });
    await shaky.record(ada, claim.letter, { told: claim.notices, sent: true, now: NOW });
    const { sentAt, history } = await ledgers.read(ada);
    expect([calls, sentAt, history.length]).toEqual([1, [NOW], 1]);
  });

  it('does not go on with a document that makes no sense', async () => {
    await bucket.create(ada, new TextEncoder().encode('{}'));
    await expect(ledgers.claim(ada, [notice('a')], NOW)).rejects.toThrow('this is no mail ledger');
  });

  it('tells each notice once, whatever workers do and whenever they die', async () => {
    const seed = 20_300_110;
    const dice = random(seed);
    const all = Array.from({ length: 30 }, (_, i) => notice(`n${i}`));
    const outbox = new Set(all.map(({ id }) => id));
    const sent: string[] = [];
    let now = NOW;
    for (let step = 0; step < 400 && outbox.size > 0; step++) {
      now += Math.floor(dice.next() * 3 * CLAIM_MS) + (step % 10 === 0 ? DAY / 3 : 0);
      const picked = all.filter(({ id }) => outbox.has(id) && dice.next() < 0.3);
      const result = await ledgers.claim(ada, picked, now);
      if ('stale' in result) for (const id of result.stale) outbox.delete(id);
      if (result.kind !== 'letter' || dice.next() < 0.2) continue;
      const { letter, notices, tries } = result.claim;
      if (dice.next() < 0.2) {
        await ledgers.putOff(ada, { letter, until: now + CLAIM_MS, tries: tries + 1 });
        continue;
      }
      sent.push(letter);
      if (dice.next() < 0.2) continue;
      await ledgers.record(ada, letter, { told: notices, sent: true, now });
      if (dice.next() < 0.8) for (const { id } of notices) outbox.delete(id);
    }
    const { history, sentAt } = await ledgers.read(ada);
    expect([seed, outbox.size]).toEqual([seed, 0]);
    expect(history.map(({ id }) => id).sort()).toEqual(all.map(({ id }) => id).sort());
    // A letter that went out more than once has one name, and none has two.
    expect(new Set(sent).size).toBe(new Set(history.map(({ mailedAt }) => mailedAt)).size);
    expect(sentAt.length).toBeLessThanOrEqual(3);
  });

  describe('of requests to connect again', () => {
    const claim = (now: number, provider = 'graph', of = 7) => ledgers.claimReconnect(ada, { provider, of }, now);
    const end = (now: number, sent: boolean) => ledgers.endReconnect(ada, { provider: 'graph', of: 7 }, { sent, now });

    it('gives one in a fortnight for each network', async () => {
      expect(await claim(NOW)).toEqual({ kind: 'letter' });
      await end(NOW, true);
      expect(await claim(NOW + 14 * DAY - 1)).toEqual({ kind: 'known' });
      expect(await claim(NOW + 1, 'mastodon')).toEqual({ kind: 'letter' });
      expect(await claim(NOW + 14 * DAY - 1, 'graph', 8)).toEqual({ kind: 'known' });
      expect(await claim(NOW + 14 * DAY, 'graph', 8)).toEqual({ kind: 'letter' });
    });

    it('gives one for each account that is lost, however much later it is asked for again', async () => {
      await claim(NOW);
      await end(NOW, true);
      expect(await claim(NOW + 400 * DAY)).toEqual({ kind: 'known' });
    });

    it('gives it to one of many who want it, and to another once its time is over', async () => {
      const results = await Promise.all(Array.from({ length: 8 }, () => claim(NOW)));
      expect(results.map(({ kind }) => kind).sort()).toEqual(['letter', ...Array.from({ length: 7 }, () => 'taken')]);
      expect(await claim(NOW + CLAIM_MS)).toEqual({ kind: 'letter' });
    });

    it('gives it again at once when it could not be sent', async () => {
      await claim(NOW);
      await end(NOW, false);
      expect(await claim(NOW)).toEqual({ kind: 'letter' });
    });

    it('counts it among the letters of a day, and keeps it through them', async () => {
      await claim(NOW);
      await end(NOW, true);
      await send([notice('a')], NOW + 1);
      await send([notice('b')], NOW + 2);
      expect(await ledgers.claim(ada, [notice('c')], NOW + 3)).toMatchObject({ kind: 'full', until: NOW + DAY });
      expect(await claim(NOW + 3, 'mastodon')).toEqual({ kind: 'full', until: NOW + DAY });
      expect(await claim(NOW + DAY)).toEqual({ kind: 'known' });
    });
  });
});
