import { jsonLine } from './json-line.js';
import type { Machine } from '../machine/machine.js';
import { absent, row } from './row.js';

const machine: Machine = {
  cpu: 'x',
  cores: 2,
  memoryGiB: 4,
  arch: 'x64',
  kernel: '6',
  node: 'v20',
  pinned: { server: 0, load: 1 },
  load1: 0.1,
  openFiles: 20_000,
};

describe('jsonLine', () => {
  const line = jsonLine({
    bench: 'everyone',
    rows: [row({ key: 'a', value: 1, unit: 'ms', peer: 2, note: 'for people' }), absent('b', 'ms', 'why')],
    machine,
  });

  it('is one line', () => {
    expect(line).not.toContain('\n');
  });

  it('holds name, rows and machine, and no notes', () => {
    expect(JSON.parse(line)).toEqual({
      bench: 'everyone',
      rows: [
        { key: 'a', value: 1, unit: 'ms', peer: 2, ratio: 0.5 },
        { key: 'b', value: null, unit: 'ms' },
      ],
      machine,
    });
  });
});
