import { OWN_NETWORK, overdue } from '@groundswell/store';
import { eventually } from '@groundswell/testing';
import { jest } from '@jest/globals';
import { LEASE_MS } from '../src/schedule/planner.js';
import { deleteStream } from './delete-stream.js';
import { redisCommand } from './redis-command.js';
import { EXPECTED, HOUR, WATCHERS } from './town.js';
import { TOLD_ONCE, townStage } from './town-stage.js';

jest.setTimeout(30_000);

const MINUTE = 60_000;

describe('what is lost', () => {
  const stage = townStage();

  it('with the whole queue, in the middle of a run, is made again', async () => {
    await stage.change();
    const one = await stage.start({ HOLD_AT: 'commit' });
    await one.says(/^held/);
    await deleteStream(stage.nats.port, 'NOTIFY');
    one.release();
    await eventually(async () => (await stage.town.tell()) > 0);
    stage.clock.pass(LEASE_MS);
    expect(await stage.heardTwice()).toEqual(TOLD_ONCE);
  });

  it('with Redis, which comes back from an old file, delays notices and makes no other ones', async () => {
    expect(await redisCommand(stage.redis.port, 'SAVE')).toBe('+OK');
    await stage.change();
    await stage.start();
    await stage.calm();
    expect(await stage.town.tell()).toBe(EXPECTED.length);
    expect(stage.town.heard).toEqual(TOLD_ONCE);

    await stage.redis.restart();
    await eventually(() => stage.store.up);
    stage.clock.pass(5 * HOUR);
    // All have been looked at in vain, and are to be looked at again soon.
    const { now } = stage.clock;
    const due = async (at: number) => (await overdue(stage.store, { check: OWN_NETWORK }, at)).count;
    await eventually(async () => (await due(now)) === 0 && (await due(now + 5 * MINUTE)) === WATCHERS, {
      timeoutMs: 15_000,
    });
    expect(await stage.town.tell()).toBe(0);

    await stage.town.replay();
    stage.clock.pass(LEASE_MS);
    // The same notices by name: whoever has mailed them knows them again.
    expect(await stage.heardTwice()).toEqual({
      told: [...EXPECTED, ...EXPECTED].sort(),
      ids: EXPECTED.length,
    });
  });
});
