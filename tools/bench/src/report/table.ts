import type { Row } from './row.js';
import { describeTarget, judge } from './targets.js';

const SIGNS = { met: '✓', missed: '✗', none: '–' } as const;
const HEADINGS = ['', 'key', 'value', 'unit', 'peer', 'ratio', 'target'];

/** Rows as text for people; notes stand below. */
export function table(rows: readonly Row[]): string {
  const cells = rows.map((row) => [
    SIGNS[judge(row)],
    row.key,
    row.value === null ? 'absent' : number(row.value),
    row.unit,
    row.peer === undefined ? '' : number(row.peer),
    row.ratio === undefined ? '' : `${row.ratio} ×`,
    describeTarget(row.key),
  ]);
  const widths = HEADINGS.map((heading, i) => Math.max(heading.length, ...cells.map((line) => line[i]!.length)));
  const lines = [HEADINGS, ...cells].map((line) =>
    line
      .map((cell, i) => pad(cell, widths[i]!, i))
      .join('  ')
      .trimEnd(),
  );
  const notes = rows.flatMap(({ key, note }) => (note ? [`  ${key}: ${note}`] : []));
  return [...lines, ...(notes.length > 0 ? ['', ...notes] : [])].join('\n');
}

function number(value: number): string {
  return Math.abs(value) >= 1000 ? Math.round(value).toLocaleString('en-US') : String(value);
}

/** Figures stand to the right. */
function pad(cell: string, width: number, column: number): string {
  return [2, 4, 5].includes(column) ? cell.padStart(width) : cell.padEnd(width);
}
