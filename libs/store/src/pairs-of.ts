/** A hash as scripts give it: fields and values by turns. */
export function pairsOf(flat: readonly string[]): [field: string, value: string][] {
  return Array.from({ length: flat.length / 2 }, (_, i) => [flat[2 * i]!, flat[2 * i + 1]!]);
}
