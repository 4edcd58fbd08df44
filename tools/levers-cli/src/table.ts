/** Rows under their heads, in columns; a column that is empty throughout is left out. */
export function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const shown = heads.map((_, column) => rows.some((row) => row[column] !== ''));
  const lines = [heads, ...rows].map((row) => row.map(printable).filter((_, column) => shown[column]));
  const widths = heads
    .filter((_, column) => shown[column])
    .map((_, column) => Math.max(...lines.map((line) => line[column]!.length)));
  return lines
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** What somebody has stored must not steer a terminal. */
export function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '?');
}
