import { jest } from '@jest/globals';
import { TOLD_ONCE, townStage } from './town-stage.js';

jest.setTimeout(30_000);

const IN_ORDER = { code: 0, signal: null };

describe('a process that is stopped', () => {
  const stage = townStage();

  beforeEach(() => stage.change());

  it('ends the clump in hand and takes no other', async () => {
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
  ])('after %s leaves the rest to others', async (_, moment) => {
    const one = await stage.start({ TASKS_AT_ONCE: '40' });
    await one.says(moment);
    expect(await one.stop()).toEqual(IN_ORDER);
    await stage.start();
    expect(await stage.heardTwice()).toEqual(TOLD_ONCE);
  });
});
