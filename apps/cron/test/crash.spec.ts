import { openWorkQueue } from '@groundswell/bus';
import { NOTIFY, subjects } from '@groundswell/contracts';
import { OWN_NETWORK } from '@groundswell/store';
import { eventually } from '@groundswell/testing';
import { jest } from '@jest/globals';
import { LEASE_MS } from '../src/schedule/planner.js';
import { ACK_WAIT_MS, TOLD_ONCE, townStage } from './town-stage.js';

jest.setTimeout(30_000);

const SKEW_MS = 2 * 60_000;

describe('everybody is told once', () => {
  const stage = townStage();
  const start = (env?: NodeJS.ProcessEnv, aheadMs?: number) => stage.start(env, aheadMs);
  const dies = (at: string) => stage.dies(at);
  const heardTwice = () => stage.heardTwice();

  beforeEach(() => stage.change());

  /** Takes all tasks out of the queue; gives how many. */
  const lose = async (): Promise<number> => {
    const queue = await openWorkQueue({
      bus: stage.bus,
      stream: NOTIFY,
      subject: subjects.notifyCheck(OWN_NETWORK),
      name: `checks-${OWN_NETWORK}`,
      ackWaitMs: ACK_WAIT_MS,
    });
    const tasks = await queue.take(10_000, { waitMs: 1_000 });
    for (const task of tasks) task.done();
    await queue.settled();
    return tasks.length;
  };

  describe('when a process dies', () => {
    it('after the tick', async () => {
      expect(await dies('ticked')).toBe('SIGKILL');
      await start();
      expect(await heardTwice()).toEqual(TOLD_ONCE);
    });

    it('with a page leased and half of it enqueued', async () => {
      expect(await dies('enqueuing:150')).toBe('SIGKILL');
      await start();
      await eventually(async () => (await stage.town.tell()) > 0);
      stage.clock.pass(LEASE_MS);
      expect(await heardTwice()).toEqual(TOLD_ONCE);
    });

    it('with the tasks delivered', async () => {
      expect(await dies('delivered:2')).toBe('SIGKILL');
      await start();
      expect(await heardTwice()).toEqual(TOLD_ONCE);
    });

    it('after it has looked, before it has written', async () => {
      expect(await dies('observed:2')).toBe('SIGKILL');
      expect(await stage.town.tell()).toBeGreaterThan(0);
      await start();
      expect(await heardTwice()).toEqual(TOLD_ONCE);
    });

    it('after it has written, before it has said so', async () => {
      expect(await dies('committed:2')).toBe('SIGKILL');
      expect(await stage.town.tell()).toBeGreaterThan(0);
      await start();
      expect(await heardTwice()).toEqual(TOLD_ONCE);
    });

    it('and the next, and the next', async () => {
      for (const at of ['enqueued:30', 'delivered', 'committed']) expect(await dies(at)).toBe('SIGKILL');
      await stage.town.tell();
      await start();
      stage.clock.pass(LEASE_MS);
      expect(await heardTwice()).toEqual(TOLD_ONCE);
    });
  });

  it('when tasks are acknowledged and lost', async () => {
    expect(await dies('enqueued:400')).toBe('SIGKILL');
    expect(await lose()).toBeGreaterThan(100);
    await start();
    stage.clock.pass(LEASE_MS);
    expect(await heardTwice()).toEqual(TOLD_ONCE);
  });

  it('when two processes have the same watchers', async () => {
    const slow = await start({ HOLD_AT: 'commit' });
    await slow.says(/^held/);
    await start();
    stage.clock.pass(LEASE_MS);
    await stage.calm();
    expect(await stage.town.tell()).toBe(TOLD_ONCE.ids);
    slow.release();
    expect(await slow.says(/"conflicts":100\b/)).toBe(true);
    expect(await heardTwice()).toEqual(TOLD_ONCE);
  });

  it('when the clocks of two processes are two minutes apart', async () => {
    expect(await dies('enqueuing:150')).toBe('SIGKILL');
    await Promise.all([start(), start({ TASKS_AT_ONCE: '20' }, SKEW_MS)]);
    for (let i = 0; i < 8; i++) {
      await stage.town.tell();
      stage.clock.pass(SKEW_MS);
    }
    stage.clock.pass(LEASE_MS);
    expect(await heardTwice()).toEqual(TOLD_ONCE);
  });
});
