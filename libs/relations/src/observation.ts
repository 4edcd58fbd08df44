import type { Value } from './values.js';

/** A value that the provider gave, put into the words of this product. */
export interface SeenValue {
  kind: 'value';
  /** When it was looked at, unix milliseconds. */
  at: number;
  value: Value;
  /** Version of the normaliser. */
  version: number;
  /** The source is the truth itself: one look is enough. `since`: when the value came to be. */
  authority?: { since: number };
  /** The subject wants nobody to be told of this value. */
  quiet?: boolean;
  /** How long the subject wants a value to stand before anybody is told; absent: as the rules say. */
  settleMs?: number;
}

/** There is no value to be had, in one of four ways. A failed request is none of them: it says nothing. */
export interface NoValue {
  kind: 'hidden' | 'unknown' | 'gone' | 'unauthorised';
  /** When it was looked at, unix milliseconds. */
  at: number;
}

/** What one look at one subject, on behalf of one watcher, brought. */
export type Observation = SeenValue | NoValue;
