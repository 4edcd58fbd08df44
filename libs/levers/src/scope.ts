/**
 * Where a lever's record stands in the bucket: `global.<lever>` or `event.<event>.<lever>`, and nothing else. Ids of
 * events hold no dot, so every key reads in one way only.
 */
import { EVENT_ID } from '@groundswell/protocol';
import { LeverRefused } from './errors.js';
import { findLever, type LeverKey } from './registry.js';
import { requireLever } from './values.js';

/** An event's id, or undefined for all events. What is set for an event overrides what is set for all. */
export type LeverScope = string | undefined;

export interface LeverPlace {
  scope: LeverScope;
  key: LeverKey;
}

const GLOBAL = 'global.';
const EVENT = 'event.';

/** Key in the bucket. Throws `LeverRefused` when there is no such lever or the event's id is none. */
export function recordKey(scope: LeverScope, lever: string): string {
  const { key } = requireLever(lever);
  if (scope === undefined) return GLOBAL + key;
  if (!EVENT_ID.test(scope)) {
    throw new LeverRefused(
      'lever_record',
      `"${scope}" cannot be an event: use up to 63 of a–z, 0–9 and "-", not "-" first.`,
    );
  }
  return `${EVENT}${scope}.${key}`;
}

/** The other way round; undefined for anything that `recordKey` does not make. */
export function parseRecordKey(text: string): LeverPlace | undefined {
  if (text.startsWith(GLOBAL)) return place(undefined, text.slice(GLOBAL.length));
  if (!text.startsWith(EVENT)) return undefined;
  const end = text.indexOf('.', EVENT.length);
  const scope = text.slice(EVENT.length, Math.max(end, EVENT.length));
  return EVENT_ID.test(scope) ? place(scope, text.slice(end + 1)) : undefined;
}

function place(scope: LeverScope, lever: string): LeverPlace | undefined {
  const found = findLever(lever);
  return found && { scope, key: found.key };
}
