import type { Change } from './observe.js';
import type { Value } from './values.js';

/** Who watches whom, and where. */
export interface PairName {
  watcher: string;
  provider: string;
  subject: string;
}

/**
 * What a notice is recognised by, everywhere: the same for the same change, however often and by whomever it is found. A
 * digest of it makes ids and Message-IDs; it names people and is not to be shown.
 */
export function noticeKey({ watcher, provider, subject }: PairName, { baselineAt, told, to }: Change): string {
  return JSON.stringify([watcher, provider, subject, baselineAt, told, to]);
}

/** What was mailed last of a pair, as a store that is older than the mail may have forgotten. */
export interface Mailed {
  baselineAt: number;
  value: Value;
}

/** Whether a change is news to somebody who got that mail. A mail from before the baseline says nothing about it. */
export function isNews({ baselineAt, to }: Change, mailed: Mailed | undefined): boolean {
  return mailed?.baselineAt !== baselineAt || mailed.value !== to;
}
