import type { Value } from './values.js';

/**
 * What is known of one pair: a watcher, and a subject whose relationship the watcher wants to hear about. Times are unix
 * milliseconds.
 */

/** What a pair holds once its subject has been seen. */
export interface Known {
  /** The value that stands. */
  value: Value;
  /** Version of the normaliser that read it: another one may call the same thing by another name. */
  version: number;
  /** When the silent baseline was taken. Names the notices that follow from it. */
  baselineAt: number;
  /** What the watcher was told last, or the baseline: news is what differs from it. */
  reference: Value;
  /** Notices since the baseline. */
  told: number;
  /** One bit for each of the last checks, the newest lowest: whether it saw another value than the check before. */
  changes: number;
}

/** A value that differs from the one that stands. */
export interface Sighting {
  value: Value;
  /** When it was first seen, or, where the source says so, when it came to be. */
  since: number;
  /** The check that saw it first. */
  seenAt: number;
}

/** Nobody has looked yet. */
export interface New {
  state: 'new';
}

export interface Stable {
  state: 'stable';
  seenAt: number;
  known: Known;
}

/** Another value was seen, by one check so far or by several too close to each other. */
export interface Confirming {
  state: 'confirming';
  seenAt: number;
  known: Known;
  to: Sighting;
}

/** It is certain, and has to stand for a while before anybody is told. */
export interface Settling {
  state: 'settling';
  seenAt: number;
  known: Known;
  to: Sighting;
  /** When it will have stood for long enough. */
  until: number;
}

/** It changes all the time: nobody is told until it is calm. */
export interface Flapping {
  state: 'flapping';
  seenAt: number;
  known: Known;
  /** What the last check saw. */
  last: Value;
}

/** The subject does not show it, to this watcher or to anybody. */
export interface Hidden {
  state: 'hidden';
  seenAt: number;
}

/** The provider answered, and not for this subject, or with a value that nobody knows. */
export interface Unknown {
  state: 'unknown';
  seenAt: number;
}

/** The provider says that there is no such subject. */
export interface Gone {
  state: 'gone';
  seenAt: number;
}

/** The watcher's permission is used up: the pair is as it was when that was seen, until there is a new one. */
export interface AuthPaused {
  state: 'auth_paused';
  seenAt: number;
  paused: ActivePair;
}

/** A pair that is looked at. */
export type ActivePair = New | Stable | Confirming | Settling | Flapping | Hidden | Unknown | Gone;

export type Pair = ActivePair | AuthPaused;

export const NEW_PAIR: New = { state: 'new' };

/** When a pair was last seen; never: −Infinity. */
export function seenAt(pair: Pair): number {
  return pair.state === 'new' ? -Infinity : pair.seenAt;
}
