import type { Task } from '@groundswell/bus';
import { createLog } from '@groundswell/runtime';
import { planWork } from './plan-work.js';
import { LEASE_MS } from './planner.js';

const never = new AbortController().signal;

function setUp(pausedMs = 0) {
  const planned: string[] = [];
  const done: number[] = [];
  const counted: [string, number][] = [];
  const work = planWork({
    plan: ({ provider }) => {
      planned.push(provider);
      return Promise.resolve(3);
    },
    planned: (provider, tasks) => void counted.push([provider, tasks]),
    pausedMs: () => Promise.resolve(pausedMs),
    log: createLog('spec', 'silent'),
  });
  const task = (text: string, seq: number) =>
    ({ seq, data: new TextEncoder().encode(text), done: () => void done.push(seq) }) as Task;
  return { planned, counted, done, task, work };
}

describe('planWork', () => {
  it('makes a plan of each tick', async () => {
    const { planned, counted, done, task, work } = setUp(LEASE_MS);
    const ticks = ['own', 'graph'].map((provider, i) => task(JSON.stringify({ provider, slot: 1 }), i));
    expect(await work(ticks, never)).toBe(0);
    expect([planned, done]).toEqual([
      ['own', 'graph'],
      [0, 1],
    ]);
    expect(counted).toEqual([
      ['own', 3],
      ['graph', 3],
    ]);
  });

  it('makes none for a provider that is asked nothing for longer than a lease', async () => {
    const { planned, done, task, work } = setUp(LEASE_MS + 1);
    await work([task('{"provider":"graph","slot":1}', 1)], never);
    expect([planned, done]).toEqual([[], [1]]);
  });

  it('ends a tick that makes no sense', async () => {
    const { planned, done, task, work } = setUp();
    await work([task('{"provider":1}', 1), task('tick', 2)], never);
    expect([planned, done]).toEqual([[], [1, 2]]);
  });
});
