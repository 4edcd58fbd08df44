import { planKills } from './kill-plan.js';

describe('planKills', () => {
  it('is the same for the same seed, and another for another', () => {
    expect(planKills({ seed: 4, times: 100 })).toEqual(planKills({ seed: 4, times: 100 }));
    expect(planKills({ seed: 5, times: 100 })).not.toEqual(planKills({ seed: 4, times: 100 }));
  });

  it('begins the same way however many there are', () => {
    expect(planKills({ seed: 4, times: 3 })).toEqual(planKills({ seed: 4, times: 100 }).slice(0, 3));
  });

  it('takes each node often, at moments all over the range', () => {
    const kills = planKills({ seed: 1, times: 100 });
    for (const name of ['fanout-1', 'fanout-2']) {
      expect(kills.filter(({ node }) => node === name).length).toBeGreaterThan(30);
    }
    expect(Math.min(...kills.map(({ afterMs }) => afterMs))).toBeLessThan(100);
    expect(Math.max(...kills.map(({ afterMs }) => afterMs))).toBeGreaterThan(1_400);
  });
});
