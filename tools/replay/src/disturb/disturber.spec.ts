import type { Disturbance, Disturbed } from './disturbance.js';
import { Disturber } from './disturber.js';

const nothing = {} as Disturbed;

function held(at: number[]): Disturbance & { release: () => void } {
  let release = () => undefined as void;
  const free = new Promise<void>((resolve) => (release = resolve));
  return { at, run: () => free, release: () => release() };
}

describe('Disturber', () => {
  it('is over when everything has happened and has ended', async () => {
    const disturbance = held([0, 0.5]);
    const under = new Disturber([disturbance], nothing);
    under.reached(0);
    expect(under.over).toBe(false);
    under.reached(0.5);
    expect(under.over).toBe(false);
    disturbance.release();
    await under.done();
    expect(under.over).toBe(true);
    expect(under.faults()).toEqual([]);
  });

  it('says what failed and what never happened', async () => {
    const failing: Disturbance = { at: [0.1, 0.9], run: () => Promise.reject(new Error('no such process')) };
    const under = new Disturber([failing], nothing);
    under.reached(0.2);
    await under.done();
    expect(under.over).toBe(false);
    expect(under.faults()).toEqual(['a disturbance failed: no such process', 'a disturbance at 0.9 never happened']);
  });
});
