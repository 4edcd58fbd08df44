/** A figure of a benchmark. */
export interface Row {
  key: string;
  /** Null: it could not be measured here; `note` says why. */
  value: number | null;
  unit: string;
  /** The same figure of the peer. */
  peer?: number;
  /** `value` / `peer`, or to what the note says. */
  ratio?: number;
  /** For readers of the table; not in the JSON. */
  note?: string;
}

export interface RowInput {
  key: string;
  value: number;
  unit: string;
  peer?: number | undefined;
  note?: string | undefined;
}

/** A row with the ratio to its peer. Throws a `RangeError` for a figure that is no number. */
export function row({ key, value, unit, peer, note }: RowInput): Row {
  if (!Number.isFinite(value)) throw new RangeError(`${key} is ${value}: it was not measured`);
  const base: Row = { key, value: round(value), unit };
  if (note !== undefined) base.note = note;
  if (peer === undefined) return base;
  if (!Number.isFinite(peer) || peer <= 0) throw new RangeError(`the peer of ${key} is ${peer}: it was not measured`);
  return { ...base, peer: round(peer), ratio: round(value / peer) };
}

/** A row that cannot be measured on this machine. */
export function absent(key: string, unit: string, note: string): Row {
  return { key, value: null, unit, note };
}

/** Four significant digits: more would pretend a precision that no machine shared with others has. */
export function round(value: number): number {
  return value === 0 ? 0 : Number(value.toPrecision(4));
}
