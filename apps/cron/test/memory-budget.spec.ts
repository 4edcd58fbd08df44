import { MemoryBudget } from '../src/providers/budget/memory-budget.js';
import { ALLOWED, describeBudget } from './budget-contract.js';

function start(scopesMax?: number) {
  let now = 1_800_000_000_000;
  const clock = { now: () => now, monotonic: () => now };
  const allowances = { graph: ALLOWED, mastodon: ALLOWED };
  const budget = new MemoryBudget({ clock, allowances, ...(scopesMax === undefined ? {} : { scopesMax }) });
  return { budget, now: () => now, pass: (ms: number) => void (now += ms) };
}

describeBudget('memory', () => Promise.resolve(start()));

it('forgets the scope that was asked least recently', async () => {
  const { budget, now } = start(2);
  const scope = (account: string) => ({ provider: 'mastodon', account });
  await budget.learn(scope('1'), { kind: 'pause', until: now() + 5_000 });
  await budget.take(scope('2'));
  expect(await budget.take(scope('1'))).toBe(5_000);
  await budget.take(scope('2'));
  await budget.take(scope('3'));
  expect(await budget.take(scope('1'))).toBe(0);
});

it('is careful with a provider that nobody has an allowance for', async () => {
  const { budget } = start();
  const waits: number[] = [];
  for (let i = 0; i < 61; i++) waits.push(await budget.take({ provider: 'other' }));
  expect(waits.filter((wait) => wait === 0)).toHaveLength(60);
});
