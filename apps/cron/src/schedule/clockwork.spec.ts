import { createLog } from '@groundswell/runtime';
import { Clockwork } from './clockwork.js';

const SLOT_MS = 60_000;

function setUp() {
  const ticks: string[] = [];
  let now = 10 * SLOT_MS;
  let fails = false;
  const clockwork = new Clockwork({
    planner: {
      tick: ({ provider, slot }) => {
        if (fails) return Promise.reject(new Error('no answer'));
        ticks.push(`${provider} ${slot}`);
        return Promise.resolve();
      },
    },
    providers: ['own', 'graph'],
    slotMs: SLOT_MS,
    clock: { now: () => now, monotonic: () => now },
    log: createLog('spec', 'silent'),
  });
  return {
    clockwork,
    ticks,
    pass: (ms: number) => (now += ms),
    fail: (on: boolean) => (fails = on),
  };
}

describe('Clockwork', () => {
  it('asks once a slot for each provider', async () => {
    const { clockwork, ticks, pass } = setUp();
    await clockwork.look();
    pass(SLOT_MS - 1);
    await clockwork.look();
    expect(ticks).toEqual(['own 10', 'graph 10']);
    pass(1);
    await clockwork.look();
    expect(ticks.slice(2)).toEqual(['own 11', 'graph 11']);
  });

  it('asks again for what is not known to be asked', async () => {
    const { clockwork, ticks, fail } = setUp();
    fail(true);
    await clockwork.look();
    fail(false);
    await clockwork.look();
    expect(ticks).toEqual(['own 10', 'graph 10']);
  });

  it('does not ask for what was slept through, nor for a slot again when the clock goes back', async () => {
    const { clockwork, ticks, pass } = setUp();
    await clockwork.look();
    pass(5 * SLOT_MS);
    await clockwork.look();
    pass(-2 * SLOT_MS);
    await clockwork.look();
    expect(ticks).toEqual(['own 10', 'graph 10', 'own 15', 'graph 15']);
  });
});
