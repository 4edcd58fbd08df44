import { RULES, type Rules } from './rules.js';
import { seenAt, type Pair } from './pair.js';

/** When a pair is to be looked at again: sooner than usual where a change waits to be confirmed or to settle. */
export function nextCheckAt(pair: Pair, usualMs: number, { confirmMs }: Rules = RULES): number {
  const usual = seenAt(pair) + usualMs;
  switch (pair.state) {
    case 'new':
      return -Infinity;
    case 'confirming':
      return Math.min(usual, pair.to.seenAt + confirmMs);
    case 'settling':
      return Math.min(usual, pair.until);
    case 'stable':
    case 'flapping':
    case 'hidden':
    case 'unknown':
    case 'gone':
    case 'auth_paused':
      return usual;
  }
}
