import { absent, row } from './row.js';
import { table } from './table.js';
import { describeTarget, judge } from './targets.js';

describe('judge', () => {
  it('goes by the ratio or by the value, whichever the target names', () => {
    expect(judge(row({ key: 'everyone.per_cpu.10', value: 100, unit: '', peer: 10 }))).toBe('met');
    expect(judge(row({ key: 'everyone.per_cpu.10', value: 99, unit: '', peer: 10 }))).toBe('missed');
    expect(judge(row({ key: 'ingest.p99', value: 50, unit: 'ms' }))).toBe('met');
    expect(judge(row({ key: 'ingest.p99', value: 51, unit: 'ms' }))).toBe('missed');
  });

  it('has no verdict without a target or a figure', () => {
    expect(judge(row({ key: 'everyone.verified', value: 1, unit: '' }))).toBe('none');
    expect(judge(row({ key: 'everyone.per_cpu.10', value: 1, unit: '' }))).toBe('none');
    expect(judge(absent('everyone.egress.10', '%', 'why'))).toBe('none');
  });
});

describe('describeTarget', () => {
  it('says what is to be reached', () => {
    expect(describeTarget('everyone.frame_cpu')).toBe('ratio ≤ 1.15');
    expect(describeTarget('ingest.acked_per_s')).toBe('value ≥ 4000');
    expect(describeTarget('everyone.verified')).toBe('');
  });
});

describe('table', () => {
  const text = table([
    row({ key: 'ingest.acked_per_s', value: 5000, unit: 'statuses/s', peer: 10_000, note: 'a note' }),
    row({ key: 'ingest.p99', value: 60, unit: 'ms' }),
    absent('everyone.per_cpu_nchan.10', 'statuses/CPU-s', 'no nginx'),
  ]);

  it('shows verdict, figure, peer, ratio and target of each row', () => {
    expect(text).toMatch(/✓ {2}ingest\.acked_per_s +5,000 +statuses\/s +10,000 +0\.5 × +value ≥ 4000/);
    expect(text).toMatch(/✗ {2}ingest\.p99 +60 +ms +value ≤ 50/);
    expect(text).toMatch(/– {2}everyone\.per_cpu_nchan\.10 +absent/);
  });

  it('puts the notes below', () => {
    expect(text).toMatch(/\n\n {2}ingest\.acked_per_s: a note\n {2}everyone\.per_cpu_nchan\.10: no nginx$/);
  });
});
