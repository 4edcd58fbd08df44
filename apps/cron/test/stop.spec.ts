import { learnBudget, OWN_NETWORK } from '@groundswell/store';
import { jest } from '@jest/globals';
import { TOLD_ONCE, townStage } from './town-stage.js';

jest.setTimeout(30_000);

const IN_ORDER = { code: 0, signal: null };
const PAUSE_MS = 20 * 60_000;

describe('a process', () => {
  const stage = townStage();

  beforeEach(() => stage.change());

  it('that is stopped ends the clump in hand and takes no other', async () => {
    const one = await stage.start({ HOLD_AT: 'commit' });
    await one.says(/^held/);
    const ended = one.stop();
    await one.says(/"stopping"/);
    one.release();
    expect(await ended).toEqual(IN_ORDER);
    const told = await stage.town.tell();
    expect(told).toBeGreaterThan(0);
    expect(told).toBeLessThan(TOLD_ONCE.ids / 2);
    await stage.start();
    expect(await stage.heardTwice()).toEqual(TOLD_ONCE);
  });

  it.each([
    ['it has begun', /^/],
    ['a plan', /"planned"/],
    ['a clump', /"looked"/],
  ])('that is stopped after %s leaves the rest to others', async (_, moment) => {
    const one = await stage.start({ TASKS_AT_ONCE: '40' });
    await one.says(moment);
    expect(await one.stop()).toEqual(IN_ORDER);
    await stage.start();
    expect(await stage.heardTwice()).toEqual(TOLD_ONCE);
  });

  it('asks a provider nothing that is paused, until the pause ends', async () => {
    const { now } = stage.clock;
    const news = { kind: 'pause', until: now + PAUSE_MS } as const;
    await learnBudget(stage.store, { provider: OWN_NETWORK }, { requests: 1, windowMs: 1, now, news });
    const one = await stage.start();
    expect(await one.says(/nothing is planned/)).toBe(true);
    expect(await stage.town.tell()).toBe(0);
    stage.clock.pass(PAUSE_MS);
    expect(await stage.heardTwice()).toEqual(TOLD_ONCE);
  });
});
