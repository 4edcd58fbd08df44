import { Latencies, Verified } from './tally.js';

describe('Verified', () => {
  it('finds nothing wrong with what is complete', () => {
    const verified = new Verified();
    verified.take({ ids: ['a', 'b'], seen: 2, n: 7, singly: 20 });
    verified.take({ ids: ['c'], seen: 2, n: 8, singly: 10 });
    expect(verified.faults).toEqual([]);
    expect(verified.digest.count).toBe(3);
    expect([verified.seen, verified.singly]).toEqual([4, 30]);
  });

  it('sees a gap, also across measurements', () => {
    const verified = new Verified();
    verified.take({ ids: [], seen: 0, n: 1, singly: 0 });
    verified.begin();
    verified.take({ ids: [], seen: 0, n: 3, singly: 0 });
    expect(verified.faults).toEqual(['segment 3 came after 1']);
  });

  it('sees a status that comes twice', () => {
    const verified = new Verified();
    verified.take({ ids: ['a'], seen: 1, singly: 0 });
    verified.take({ ids: ['a'], seen: 1, singly: 0 });
    expect(verified.faults).toEqual(['status a came twice']);
  });

  it('begins a measurement with nothing', () => {
    const verified = new Verified();
    verified.take({ ids: ['a'], seen: 1, singly: 5 });
    verified.begin();
    expect([verified.digest.count, verified.seen, verified.singly]).toEqual([0, 0, 0]);
  });
});

describe('Latencies', () => {
  it('has percentiles, and takes a clock that goes back for zero', () => {
    const latencies = new Latencies();
    for (let i = 1; i <= 100; i++) latencies.record(i);
    latencies.record(-5);
    expect(latencies.report).toEqual({ count: 101, p50: 50, p99: 99, max: 100 });
    latencies.begin();
    expect(latencies.report.count).toBe(0);
  });
});
