import { PastEnd } from './past-end.js';

/** A log whose end is the time, asked at a time that the spec sets. */
function setUp() {
  const world = { now: 100, asked: 0, isOut: false };
  const end = async () => {
    world.asked++;
    if (world.isOut) throw new Error('no answer');
    return world.now;
  };
  const past = new PastEnd({ end, clock: { monotonic: () => world.now }, ageMs: 10 });
  const at = (now: number) => {
    world.now = now;
    return past.get();
  };
  return { world, at };
}

describe('PastEnd', () => {
  it('asks the log at first, and then gives what it was a while ago without waiting', async () => {
    const { world, at } = setUp();
    expect(await at(100)).toBe(100);
    const given: [number, number][] = [];
    for (let now = 101; now <= 200; now++) given.push([now, await at(now)]);
    for (const [now, end] of given) expect(now - end).toBeLessThanOrEqual(2 * 10 + 2);
    expect(world.asked).toBeLessThanOrEqual(11);
  });

  it('asks again before it answers, once for all who wait, when nobody has asked for long', async () => {
    const { world, at } = setUp();
    await at(100);
    expect(await Promise.all([at(500), at(500), at(500)])).toEqual([500, 500, 500]);
    expect(world.asked).toBe(2);
  });

  it('goes on with what it knows while the log is out, and not for ever', async () => {
    const { world, at } = setUp();
    await at(100);
    world.isOut = true;
    expect(await at(115)).toBeLessThanOrEqual(100);
    await expect(at(121)).rejects.toThrow('no answer');
    world.isOut = false;
    expect(await at(122)).toBe(122);
  });
});
