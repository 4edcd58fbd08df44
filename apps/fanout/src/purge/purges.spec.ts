import { createLog } from '@groundswell/runtime';
import { Purges } from './purges.js';

function setUp() {
  const time = { now: 0 };
  const clock = { now: () => time.now, monotonic: () => time.now };
  const state = { held: true, reached: 0, broken: false };
  const sent: (readonly string[])[] = [];
  const purges = new Purges({
    event: 'final',
    clock,
    log: createLog('spec', 'silent'),
    held: () => state.held,
    reached: (n) => state.reached >= n,
    send: async (keys) => {
      if (state.broken) throw new Error('no cache');
      sent.push(keys);
    },
  });
  /** Seconds, with what was sent in them. */
  const pass = async (seconds: number) => {
    for (let i = 0; i < seconds; i++) {
      time.now += 1000;
      await purges.turn();
    }
    return sent.splice(0);
  };
  const takenDown = async (n: number, segments: number[], older = false) => {
    purges.takenDown({ n, segments, older });
    await Promise.resolve();
  };
  return { state, pass, takenDown };
}

describe('H6: purges', () => {
  it('go out at once, and again when every node serves what came after', async () => {
    const { state, pass, takenDown } = setUp();
    await takenDown(9, [4, 5]);
    const keys = ['final-snaps', 'final-seg-4', 'final-seg-5'];
    expect(await pass(3)).toEqual([keys]);
    state.reached = 9;
    expect(await pass(3)).toEqual([keys]);
  });

  it('are the ticker’s; a node that takes over makes up for the one that went', async () => {
    const { state, pass, takenDown } = setUp();
    state.held = false;
    await takenDown(9, [4]);
    expect(await pass(3)).toEqual([]);
    state.held = true;
    expect(await pass(1)).toEqual([['final-snaps', 'final-seg-4']]);
    state.held = false;
    await takenDown(10, [5]);
    await pass(121);
    Object.assign(state, { held: true, reached: 10 });
    expect(await pass(3)).toEqual([]);
  });

  it('are repeated until the caches answer', async () => {
    const { state, pass, takenDown } = setUp();
    state.broken = true;
    await takenDown(9, [4]);
    expect(await pass(5)).toEqual([]);
    state.broken = false;
    expect(await pass(1)).toEqual([['final-snaps', 'final-seg-4']]);
  });

  it('are of the whole event when what was taken down is older than all that is held, and seldom', async () => {
    const { state, pass, takenDown } = setUp();
    state.reached = 99;
    await takenDown(9, [], true);
    await takenDown(10, [], true);
    expect(await pass(29)).toEqual([['final']]);
    expect(await pass(2)).toEqual([['final']]);
    expect(await pass(60)).toEqual([['final']]);
  });

  it('of the whole event are repeated at once when a cache did not answer', async () => {
    const { state, pass, takenDown } = setUp();
    state.broken = true;
    await takenDown(9, [], true);
    expect(await pass(2)).toEqual([]);
    state.broken = false;
    expect(await pass(1)).toEqual([['final']]);
  });

  it('are not sent for what no page ever showed', async () => {
    const { pass, takenDown } = setUp();
    await takenDown(9, []);
    expect(await pass(1)).toEqual([]);
  });
});
