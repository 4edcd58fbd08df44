import type { Answer } from './answer.js';
import { cacheableMs } from './answer.js';

/** What a cache does otherwise than it should. Every member is pure; what is left out is done as it should be. */
export interface Fault {
  /** The address under which it files an answer, and which it asks the origin for. */
  address?: (path: string) => string;
  /** How long it gives out an answer without asking again, milliseconds on its own clock; 0 = it does not keep it. */
  keepMs?: (answer: Answer, path: string) => number;
  /**
   * What becomes of an answer whose time is over. `ask`: it is asked for anew. `renew`: whatever the origin says counts
   * as "not modified". `serveStale`: it is given out once more, and asked for anew behind that.
   */
  expired?: 'ask' | 'renew' | 'serveStale';
  /** What leaves the cache in the place of an answer. */
  twist?: (answer: Answer, path: string) => Answer;
}

/** A cache without fault. */
export const HONEST: Required<Fault> = {
  address: (path) => path,
  keepMs: cacheableMs,
  expired: 'ask',
  twist: (answer) => answer,
};
