/** What every budget does, wherever it is kept. */
import type { Allowance, Budget } from '../src/providers/budget/budget.js';

export interface BudgetStage {
  budget: Budget;
  /** Moves the clock that the budget goes by, milliseconds. */
  pass(ms: number): void;
  now(): number;
}

export const ALLOWED: Allowance = { requests: 10, windowMs: 10_000 };
const SCOPE = { provider: 'graph' };

/** `start` gives each scope of `graph` and `mastodon` what `ALLOWED` says. */
export function describeBudget(name: string, start: () => Promise<BudgetStage>): void {
  describe(`${name} as a budget`, () => {
    let stage: BudgetStage;
    beforeEach(async () => {
      stage = await start();
    });
    const take = (scope = SCOPE): Promise<number> => stage.budget.take(scope);
    const takeAll = async (times: number): Promise<number[]> => {
      const waits: number[] = [];
      for (let i = 0; i < times; i++) waits.push(await take());
      return waits;
    };

    it('gives what is allowed, then says how long until the next', async () => {
      expect(await takeAll(12)).toEqual([...Array.from({ length: 10 }, () => 0), 1_000, 1_000]);
      stage.pass(999);
      expect(await take()).toBe(1);
      stage.pass(1);
      expect(await takeAll(2)).toEqual([0, 1_000]);
    });

    it('says how long to wait, and takes nothing for it', async () => {
      expect(await stage.budget.wait(SCOPE)).toBe(0);
      await takeAll(9);
      expect(await stage.budget.wait(SCOPE)).toBe(0);
      expect(await takeAll(1)).toEqual([0]);
      expect(await stage.budget.wait(SCOPE)).toBe(1_000);
      await stage.budget.learn(SCOPE, { kind: 'pause', until: stage.now() + 5_000 });
      expect(await stage.budget.wait(SCOPE)).toBe(5_000);
    });

    it('is never fuller than full', async () => {
      stage.pass(3_600_000);
      expect((await takeAll(11)).at(-1)).toBe(1_000);
    });

    it('counts accounts apart', async () => {
      await takeAll(10);
      expect(await stage.budget.take({ provider: 'mastodon', account: '1' })).toBe(0);
      await stage.budget.learn({ provider: 'mastodon', account: '1' }, { kind: 'pause', until: stage.now() + 500 });
      expect(await stage.budget.take({ provider: 'mastodon', account: '1' })).toBe(500);
      expect(await stage.budget.take({ provider: 'mastodon', account: '2' })).toBe(0);
    });

    it('pauses, and a shorter pause does not end a longer one', async () => {
      await stage.budget.learn(SCOPE, { kind: 'pause', until: stage.now() + 5_000 });
      await stage.budget.learn(SCOPE, { kind: 'pause', until: stage.now() + 1_000 });
      expect(await take()).toBe(5_000);
      stage.pass(5_000);
      expect(await take()).toBe(0);
    });

    it('believes the provider that less is left, and not that more is', async () => {
      const resetAt = stage.now() + 8_000;
      await stage.budget.learn(SCOPE, { kind: 'window', limit: 10, remaining: 2, resetAt });
      await stage.budget.learn(SCOPE, { kind: 'window', limit: 10, remaining: 3, resetAt });
      expect(await takeAll(3)).toEqual([0, 0, 1_000]);
    });

    it('waits for the end of a window that is used up', async () => {
      const resetAt = stage.now() + 8_000;
      await stage.budget.learn(SCOPE, { kind: 'window', limit: 10, remaining: 0, resetAt });
      expect(await take()).toBe(8_000);
      stage.pass(8_000);
      expect(await take()).toBe(0);
    });

    it('follows a limit that the provider has changed', async () => {
      await stage.budget.learn(SCOPE, { kind: 'window', limit: 20, remaining: 20, resetAt: stage.now() });
      stage.pass(60_000);
      expect((await takeAll(21)).slice(-2)).toEqual([0, 500]);
    });

    it('is not refilled by a clock that goes back', async () => {
      await takeAll(10);
      stage.pass(-60_000);
      expect(await take()).toBe(1_000);
    });
  });
}
