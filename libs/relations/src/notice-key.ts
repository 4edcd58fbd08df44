import type { Change } from './observe.js';

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
