import { percentile, sayDrop } from './catch-up.js';

describe('percentile', () => {
  it('takes the value below which the share lies, the last at most', () => {
    const values = Array.from({ length: 100 }, (_, i) => 100 - i);
    expect([percentile(values, 0.5), percentile(values, 0.99), percentile(values, 1)]).toEqual([51, 100, 100]);
    expect(percentile([7], 0.5)).toBe(7);
    expect(percentile([], 0.5)).toBe(0);
  });
});

describe('sayDrop', () => {
  it('says how long it took, and how often clients tried', () => {
    const drop = { outage: 'refused', cut: 200, p50: 1_234, p99: 5_678, slowest: 9_000, waits: 300 } as const;
    expect(sayDrop(drop, 200)).toBe(
      '200 connections cut, then refused: caught up p50 1.2 s, p99 5.7 s, slowest 9.0 s; 1.5 tries a client',
    );
  });
});
