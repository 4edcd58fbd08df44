import { countMessages, publisher } from '@groundswell/bus';
import { envelope, NOTIFY, subjects, type LetterTask } from '@groundswell/contracts';
import { eventually } from '@groundswell/testing';
import { jest } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { mailTownStage } from './mail-town-stage.js';

jest.setTimeout(30_000);

const SKEW_MS = 2 * 60_000;
/** The longest that a try to send takes. */
const TRY_MS = 90_000;

describe('with clocks two minutes apart', () => {
  const stage = mailTownStage();

  /** Everybody is in the queue once more; resolves when nobody is but who is being written to. */
  const again = async (): Promise<void> => {
    for (const watcher of stage.town.watchers) {
      const message: LetterTask = { kind: 'letter', watcher, until: stage.clock.now };
      const subject = subjects.notify('mail');
      const id = randomUUID();
      await publisher(stage.bus).publish(envelope({ subject, id, source: '/test', at: stage.clock.now, message }));
    }
    await eventually(async () => (await countMessages(stage.bus, NOTIFY.name, subjects.notify('mail'))) <= 1, {
      timeoutMs: 15_000,
      message: 'one letter is left',
    });
  };

  it.each([
    ['ahead', SKEW_MS, 0],
    ['behind', 0, SKEW_MS],
  ])('no letter goes out twice, when the one that is %s takes long', async (_, first, second) => {
    await stage.change();
    const [soon] = stage.town.toldSoon();
    const slow = stage.town.address(soon!.split(' ')[0]!);
    let answer = (): void => undefined;
    stage.office.slow.set(slow, new Promise((resolve) => (answer = resolve)));
    await stage.start({}, first);
    await stage.untilLetters();
    await eventually(() => stage.delivered.some(({ to }) => to === slow));
    await stage.start({}, second);
    await again();
    stage.clock.pass(TRY_MS);
    await again();
    answer();
    await stage.finish();
    const told = stage.town.expected();
    expect(stage.heard).toEqual({ told, ids: told.length, twice: [] });
  });

  it('no letter goes out twice, when one of them dies with letters claimed', async () => {
    await stage.change();
    const one = await stage.startToDie({ HOLD_AT: 'check' });
    await stage.untilLetters();
    await one.says(/^held/);
    await one.kill();
    await Promise.all([stage.start({}, SKEW_MS), stage.start()]);
    await stage.finish();
    const told = stage.town.expected();
    expect(stage.heard).toEqual({ told, ids: told.length, twice: [] });
  });
});
