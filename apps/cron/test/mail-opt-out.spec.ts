import { USUAL_LETTERS } from '@groundswell/protocol';
import { OWN_NETWORK } from '@groundswell/store';
import { jest } from '@jest/globals';
import { mailTownStage } from './mail-town-stage.js';

jest.setTimeout(30_000);

const MINUTE = 60_000;

describe('who opts out while a letter is claimed', () => {
  const stage = mailTownStage();

  it('gets nothing of it, and everybody else gets theirs', async () => {
    await stage.change();
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
    expect(stage.heard).toEqual({ told, ids: told.length, twice: [] });
  });
});
