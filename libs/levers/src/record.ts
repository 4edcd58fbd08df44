import { LeverRefused } from './errors.js';
import type { Lever } from './lever.js';
import type { LeverKey, LeverValue } from './registry.js';
import { checkLever, requireLever } from './values.js';

/** One turn of a lever, as it is stored. The bucket's history of them is the audit. */
export interface LeverRecord {
  /** `null`: nothing is set here any more, so that the wider scope counts again. */
  value: LeverValue | null;
  /** Who turned it, and why; may be empty. */
  who: string;
  why: string;
  /** When, Unix milliseconds. */
  at: number;
  /** End of the lease, Unix milliseconds: from then on what held before it holds again. Absent: for good. */
  until?: number;
  /**
   * Only with `until`: what was set for good when the lease began. It counts when the bucket's history does not reach
   * back to it any more, after many leases in a row.
   */
  base?: LeverValue | null;
}

export const WHO_MAX_CHARS = 64;
export const WHY_MAX_CHARS = 300;

/**
 * Reads a stored record. Somebody may have written it by hand with a NATS tool: all but `value` may be missing, and
 * `at` is then the time at which it was stored. Throws `LeverRefused`.
 */
export function readLeverRecord(key: LeverKey, json: unknown, storedAt: number): LeverRecord {
  const lever = requireLever(key);
  if (typeof json !== 'object' || json === null || !('value' in json)) {
    throw new LeverRefused('lever_record', `The record of ${key} must be an object {value, who, why, at, until?}.`);
  }
  const { value, who = '', why = '', at = storedAt, until, base = null } = json as Partial<Record<string, unknown>>;
  if (!isText(who, WHO_MAX_CHARS) || !isText(why, WHY_MAX_CHARS)) {
    throw new LeverRefused(
      'lever_record',
      `"who" and "why" of ${key} must be texts of at most ${WHO_MAX_CHARS} and ${WHY_MAX_CHARS} characters.`,
    );
  }
  if (!isTime(at) || !(until === undefined || isTime(until))) {
    throw new LeverRefused('lever_record', `"at" and "until" of ${key} must be times in Unix milliseconds.`);
  }
  const common = { value: orNull(key, value), who, why, at };
  checkGrowing(lever, common.value, until);
  return until === undefined ? common : { ...common, until, base: orNull(key, base) };
}

/** Some levers only grow: they take no lease and cannot be cleared. Throws `LeverRefused`. */
function checkGrowing(lever: Lever, value: LeverValue | null, until: number | undefined): void {
  if (!growsOnly(lever)) return;
  if (until !== undefined) {
    throw new LeverRefused('lever_lease', `${lever.key} only grows, so it takes no lease: leave the end out.`);
  }
  if (value === null) throw new LeverRefused('lever_shrinks', `${lever.key} only grows, so it cannot be cleared.`);
}

export function growsOnly(lever: Lever): boolean {
  return 'growsOnly' in lever && lever.growsOnly === true;
}

function orNull(key: LeverKey, value: unknown): LeverValue | null {
  return value === null ? null : checkLever(key, value);
}

function isText(value: unknown, maxChars: number): value is string {
  return typeof value === 'string' && value.length <= maxChars;
}

/** Within what a `Date` can hold. */
function isTime(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= 8.64e15;
}
