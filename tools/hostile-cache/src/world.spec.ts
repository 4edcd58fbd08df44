import { STEP_MS, World, type Inhabitant } from './world.js';

/** Does something every so often, and takes a turn of the loop for it. */
class Clockwork implements Inhabitant {
  readonly acted: number[] = [];
  done = 0;
  #last = 0;

  constructor(
    private readonly world: World,
    private readonly everyMs: number,
  ) {}

  dueIn(): number {
    return this.#last + this.everyMs - this.world.passed;
  }

  act(): void {
    if (this.dueIn() > 0) return;
    this.#last = this.world.passed;
    this.acted.push(this.world.passed);
  }

  async settled(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    this.done = this.acted.length;
  }
}

function rig(everyMs: number) {
  const world = new World();
  const one = new Clockwork(world, everyMs);
  world.enter(one);
  return { world, one };
}

describe('World', () => {
  it('lets everybody do what falls due, and waits until it is done', async () => {
    const { world, one } = rig(10_000);
    await world.pass(30_000);
    expect([one.acted, one.done]).toEqual([[10_000, 20_000, 30_000], 3]);
  });

  it('goes in whole steps', async () => {
    const { world, one } = rig(STEP_MS + 1);
    await world.pass(1);
    expect(world.passed).toBe(STEP_MS);
    await world.pass(STEP_MS);
    expect(one.acted).toEqual([2 * STEP_MS]);
    const before = Date.now();
    expect(world.now() - 2 * STEP_MS).toBeGreaterThanOrEqual(before);
  });

  it('leaps over what falls due, and forgets who left', async () => {
    const { world, one } = rig(10_000);
    world.leap(30_000);
    expect([world.passed, one.acted]).toEqual([30_000, []]);
    world.leave(one);
    await world.pass(30_000);
    expect(one.acted).toEqual([]);
  });

  it('waits for something to happen, and not for ever', async () => {
    const { world, one } = rig(10_000);
    await world.passUntil('the second', () => one.acted.length === 2);
    expect(world.passed).toBe(20_000);
    world.leave(one);
    await expect(world.passUntil('a third', () => one.acted.length === 3)).rejects.toThrow('a third');
  });
});
