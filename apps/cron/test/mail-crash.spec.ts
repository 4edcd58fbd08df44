import { USUAL_LETTERS } from '@groundswell/protocol';
import { OWN_NETWORK } from '@groundswell/store';
import { eventually } from '@groundswell/testing';
import { jest } from '@jest/globals';
import { startCutWire } from './cut-wire.js';
import { LEASE_MS } from '../src/schedule/planner.js';
import { mailTownStage } from './mail-town-stage.js';

jest.setTimeout(30_000);

const MINUTE = 60_000;

describe('every notice is in one letter', () => {
  const stage = mailTownStage();
  const toldOnce = (told = stage.town.expected()) => ({ told, ids: told.length, twice: [] });

  beforeEach(() => stage.change());

  it('when all goes well', async () => {
    await stage.start();
    await stage.finish();
    expect(stage.heard).toEqual(toldOnce());
  });

  describe('when a process dies', () => {
    it.each([
      ['with the outbox written and nothing planned', 'committed'],
      ['with letters leased and none in the queue', 'letters-leased'],
      ['with some letters in the queue', 'letter-enqueued:20'],
      ['with tasks delivered', 'letters-delivered'],
      ['with a letter claimed, not sent', 'claimed:4'],
      ['with a letter checked a last time, not sent', 'sending:4'],
      ['with a letter written down, not cleared', 'recorded:4'],
      ['with a letter cleared, not acknowledged', 'cleared:4'],
    ])('%s', async (_, at) => {
      // No letter is under way while they are put into the queue.
      expect(await stage.dies(at, at.startsWith('letter-') ? { HOLD_AT: 'check' } : {})).toBe('SIGKILL');
      await stage.start();
      await stage.finish();
      expect(stage.heard).toEqual(toldOnce());
    });

    it('and the next, and the next', async () => {
      for (const at of ['claimed:4', 'sending:4', 'recorded:4']) {
        expect(await stage.dies(at)).toBe('SIGKILL');
        stage.clock.pass(LEASE_MS);
      }
      await stage.start();
      await stage.finish();
      expect(stage.heard).toEqual(toldOnce());
    });
  });

  describe('but one, which is there twice under one name, when a process dies', () => {
    /** Two of one letter, and of no other. */
    const expectOneTwice = (): void => {
      const { told, twice } = stage.heard;
      const [name] = twice;
      expect(twice).toEqual([expect.stringMatching(/^\S+@example\.net <[0-9a-f]{32}@example\.org> 2$/)]);
      const [first, second] = stage.delivered.filter(({ to, mail }) => name === `${to} ${mail.messageId} 2`);
      expect(second!.mail.text).toBe(first!.mail.text);
      expect(stage.town.heard(stage.delivered.filter((one) => one !== second))).toEqual(toldOnce());
      expect(told.length).toBeGreaterThan(toldOnce().told.length);
    };

    it('with a letter sent, and not written down', async () => {
      expect(await stage.dies('sent:4')).toBe('SIGKILL');
      await stage.start();
      await stage.finish();
      expectOneTwice();
    });

    it('before the mail server has said that it has the letter', async () => {
      const one = await stage.startToDie();
      await stage.untilLetters();
      await eventually(() => stage.delivered.length > 2);
      const slow = deferred();
      for (const watcher of stage.town.watchers) stage.office.slow.set(stage.town.address(watcher), slow.promise);
      const there = stage.delivered.length;
      await eventually(() => stage.delivered.length > there);
      await one.kill();
      slow.resolve();
      stage.office.slow.clear();
      await stage.start();
      await stage.finish();
      expectOneTwice();
    });
  });

  it('when a process dies in the middle of a letter', async () => {
    const wire = await startCutWire(stage.office.url);
    const one = await stage.startToDie({ SMTP_URL: wire.url });
    const tries = stage.office.tried;
    wire.cut(700, () => one.kill());
    await stage.untilLetters();
    expect((await one.exited).signal).toBe('SIGKILL');
    await wire.stop();
    expect([stage.office.tried - tries, stage.delivered.length]).toEqual([1, 0]);
    await stage.start();
    await stage.finish();
    expect(stage.heard).toEqual(toldOnce());
  });

  it('but of what somebody opts out of while their letter is claimed', async () => {
    const { one, claimed } = await stage.startHeld();
    const { town } = stage;
    const subjectsOf = (watcher: string): string[] =>
      town.expected().flatMap((line) => (line.startsWith(`${watcher} `) ? line.split(' ')[1]! : []));
    // Those who are not to be written to in any case are not meant.
    const [unfollower, unfriended, silent, gone, ...rest] = claimed.filter((who) => subjectsOf(who).length > 1);
    const [left] = subjectsOf(unfollower!);
    const [former] = subjectsOf(unfriended!);
    const [secret, quiet] = subjectsOf(rest[0]!);

    await town.says(unfollower!, { kind: 'watch', content: { provider: OWN_NETWORK, subject: left!, on: false } });
    await town.part(unfriended!, former!);
    await town.says(silent!, { kind: 'letters', content: { ...USUAL_LETTERS, rhythm: 'never' } });
    await town.says(secret!, { kind: 'consent', content: { mode: 'off' } });
    const silently = { value: 'engaged', visibility: 'friends', quiet: true } as const;
    await town.says(quiet!, { kind: 'relationship', content: silently });
    // The log has it, the view has not yet: nothing goes out before.
    const unsubscribe = { step: 'stopped', address: town.address(gone!), reason: 'unsubscribed' } as const;
    const heard = await town.whispers(gone!, { kind: 'address', content: unsubscribe });
    one.release();
    await stage.idle();
    expect(stage.delivered).toEqual([]);
    await heard();
    stage.clock.pass(MINUTE);
    await stage.finish();

    const told = town.expected().filter((line) => {
      const [watcher, subject] = line.split(' ');
      if ([silent, gone].includes(watcher) || [secret, quiet].includes(subject)) return false;
      return !(watcher === unfollower && subject === left) && !(watcher === unfriended && subject === former);
    });
    expect(told.length).toBeLessThan(town.expected().length - 6);
    expect(stage.heard).toEqual(toldOnce(told));
  });

  describe('when two processes have one letter', () => {
    it('since the first one was away for a moment', async () => {
      const { one, claimed } = await stage.startHeld();
      process.kill(one.pid, 'SIGSTOP');
      await stage.start();
      // The other one gets the letters of the first as well, and leaves them alone.
      await stage.idle();
      const written = new Set(stage.delivered.map(({ to }) => to));
      expect(claimed.filter((watcher) => written.has(stage.town.address(watcher)))).toEqual([]);
      process.kill(one.pid, 'SIGCONT');
      one.release();
      // Before the time goes on: all of them are written down.
      await eventually(async () => (await stage.town.claimed()).length === 0);
      await stage.finish();
      expect(stage.heard).toEqual(toldOnce());
    });

    it('since the first one was away for so long that the other one has sent them', async () => {
      const { one, claimed } = await stage.startHeld();
      stage.clock.pass(LEASE_MS);
      await stage.start();
      const written = () => new Set(stage.heard.told.map((line) => line.split(' ')[0]));
      const soon = stage.town.toldSoon().map((line) => line.split(' ')[0]!);
      const both = claimed.filter((watcher) => soon.includes(watcher));
      expect(both.length).toBeGreaterThan(1);
      await eventually(() => both.every((watcher) => written().has(watcher)), { timeoutMs: 15_000 });
      one.release();
      await stage.finish();
      expect(stage.heard).toEqual(toldOnce());
    });
  });
});

function deferred(): { promise: Promise<void>; resolve: () => void } {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((done) => (resolve = done));
  return { promise, resolve };
}
