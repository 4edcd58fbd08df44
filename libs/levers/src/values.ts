import { LeverRefused } from './errors.js';
import { describeRange, type Lever, type NumericLever } from './lever.js';
import { DEFAULT_LEVERS, findLever, LEVERS, type LeverKey, type Levers, type LeverValue } from './registry.js';

const NUMBER = /^-?\d+(?:\.\d+)?$/;
const SWITCH: Readonly<Record<string, boolean>> = { true: true, on: true, false: false, off: false };

/** The lever of that name. Throws `LeverRefused` that lists what there is. */
export function requireLever(key: string): Lever & { key: LeverKey } {
  const lever = findLever(key);
  if (lever) return lever;
  const family = `${key.split('.')[0]}.`;
  const alike = LEVERS.filter((one) => one.key.startsWith(family)).map((one) => one.key);
  const families = [...new Set(LEVERS.map((one) => `${one.key.split('.')[0]}.*`))];
  const there = alike.length > 0 ? alike : families;
  throw new LeverRefused('lever_unknown', `There is no lever "${key}"; there are ${there.join(', ')}.`);
}

/** Checks a value that came as JSON. Throws `LeverRefused`. */
export function checkLever<K extends LeverKey>(key: K, value: unknown): LeverValue<K>;
export function checkLever(key: string, value: unknown): LeverValue;
export function checkLever(key: string, value: unknown): LeverValue {
  const lever = requireLever(key);
  switch (lever.kind) {
    case 'switch':
      if (typeof value !== 'boolean') throw otherKind(lever, value);
      return value;
    case 'choice':
      if (typeof value !== 'string' || !lever.options.includes(value)) throw otherKind(lever, value);
      return value as LeverValue;
    case 'count':
    case 'number':
      return checkNumber(lever, value);
  }
}

/** Reads what a person has typed: `on`, `750`, `top`. Throws `LeverRefused`. */
export function parseLever<K extends LeverKey>(key: K, text: string): LeverValue<K>;
export function parseLever(key: string, text: string): LeverValue;
export function parseLever(key: string, text: string): LeverValue {
  const lever = requireLever(key);
  const typed = text.trim();
  if (lever.kind === 'switch') return checkLever(key, Object.hasOwn(SWITCH, typed) ? SWITCH[typed] : text);
  if (lever.kind === 'choice') return checkLever(key, typed);
  return checkLever(key, NUMBER.test(typed) ? Number(typed) : text);
}

export interface CheckedLevers {
  /** What was acceptable, with everything else as in `base`. */
  levers: Levers;
  /** One sentence for each that was not. */
  faults: string[];
}

/**
 * Takes over a set of values, as far as they are acceptable; each that is not leaves the one in `base`, the last known
 * good. Never throws.
 */
export function checkLevers(values: unknown, base: Levers = DEFAULT_LEVERS): CheckedLevers {
  if (typeof values !== 'object' || values === null || Array.isArray(values)) {
    return { levers: base, faults: [`A set of levers must be an object {key: value}, not ${shown(values)}.`] };
  }
  const good: Partial<Record<LeverKey, LeverValue>> = {};
  const faults: string[] = [];
  for (const [key, value] of Object.entries(values)) {
    try {
      good[requireLever(key).key] = checkLever(key, value);
    } catch (error) {
      if (!(error instanceof LeverRefused)) throw error;
      faults.push(error.message);
    }
  }
  return { levers: { ...base, ...good } as Levers, faults };
}

function checkNumber(lever: NumericLever, value: unknown): LeverValue {
  const fits = lever.kind === 'count' ? Number.isInteger(value) : Number.isFinite(value);
  if (typeof value !== 'number' || !fits) throw otherKind(lever, value);
  if (value < lever.min || value > lever.max) {
    throw new LeverRefused('lever_range', `${lever.key} must be ${describeRange(lever)}; ${value} is outside.`);
  }
  // −0 would be another value in memory and the same in JSON.
  return value === 0 ? 0 : value;
}

function otherKind(lever: Lever, value: unknown): LeverRefused {
  return new LeverRefused('lever_kind', `${lever.key} must be ${describeRange(lever)}, not ${shown(value)}.`);
}

const SHOWN_CHARS = 60;

function shown(value: unknown): string {
  const text = typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? typeof value);
  return text.length > SHOWN_CHARS ? `${text.slice(0, SHOWN_CHARS)}…` : text;
}
