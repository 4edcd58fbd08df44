import type { Stack } from '../drive/stack.js';
import type { Disturbed } from './disturbance.js';
import { killOneOfTwo } from './kill-one-of-two.js';

const kills = [
  { node: 'fanout-2', afterMs: 0, awayMs: 0 },
  { node: 'fanout-2', afterMs: 0, awayMs: 0 },
  { node: 'fanout-1', afterMs: 0, awayMs: 0 },
];

function disturbed(act: Stack['act'], posting: AbortSignal): Disturbed {
  const unused = () => Promise.reject(new Error('not used'));
  return {
    stack: { act } as Stack,
    event: 'e',
    posting,
    newcomers: unused,
    dropSockets: () => undefined,
    say: () => undefined,
  };
}

describe('killOneOfTwo', () => {
  it('kills the planned node, and the next one only when the last is ready again', async () => {
    const acts: string[] = [];
    const told: number[] = [];
    const act = async (name: string, action: string) => {
      acts.push(`${action} ${name}`);
      await new Promise(setImmediate);
      acts.push('done');
    };
    const disturbance = killOneOfTwo(kills, (done) => told.push(done));
    await disturbance.run(disturbed(act, new AbortController().signal), 0);
    expect(acts.filter((entry) => entry !== 'done')).toEqual(
      ['fanout-2', 'fanout-2', 'fanout-1'].flatMap((node) => [`kill ${node}`, `restart ${node}`]),
    );
    expect(acts.every((entry, i) => (entry === 'done') === (i % 2 === 1))).toBe(true);
    expect(told).toEqual([1, 2, 3]);
    expect(disturbance.check!()).toEqual([]);
  });

  it('ends with the posts, and then says how many kills are missing', async () => {
    const posting = new AbortController();
    const disturbance = killOneOfTwo(kills, () => posting.abort());
    await disturbance.run(
      disturbed(() => Promise.resolve(), posting.signal),
      0,
    );
    expect(disturbance.check!()).toEqual([expect.stringContaining('1 of 3 kills happened before the last post')]);
  });
});
