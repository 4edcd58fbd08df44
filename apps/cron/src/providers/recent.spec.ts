import { Recent } from './recent.js';

describe('Recent', () => {
  it('asks once for all who want it at a time, and again when there was no answer or it is too old', async () => {
    let [now, asked, fails] = [0, 0, false];
    const recent = new Recent({
      clock: { monotonic: () => now },
      keptMs: 1_000,
      ask: () => {
        asked++;
        return fails ? Promise.reject(new Error('no answer')) : Promise.resolve(asked);
      },
    });
    expect(await Promise.all([recent.get(), recent.get()])).toEqual([1, 1]);
    now = 1_000;
    expect(await recent.get()).toBe(1);
    now = 1_001;
    fails = true;
    await expect(recent.get()).rejects.toThrow('no answer');
    fails = false;
    expect(await recent.get()).toBe(3);
  });
});
