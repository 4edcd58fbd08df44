import type { Machine } from '../machine/machine.js';
import type { Row } from './row.js';

export interface Report {
  bench: string;
  rows: readonly Row[];
  machine: Machine;
}

/** The last line of standard output. */
export function jsonLine({ bench, rows, machine }: Report): string {
  return JSON.stringify({
    bench,
    rows: rows.map(({ key, value, unit, peer, ratio }) => ({ key, value, unit, peer, ratio })),
    machine,
  });
}
