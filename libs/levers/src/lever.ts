/** What a lever is. A lever trades quality for capacity while the event runs. */

/**
 * When a change is seen. `none`: at once on every process. `segment`: from the next tick on, the same on all nodes.
 * `epoch`: clients throw away what they have and start anew.
 */
export type LeverEffect = 'none' | 'segment' | 'epoch';

/**
 * How much a wrong value hurts. `low`: cost or comfort. `noticed`: every viewer sees a difference. `high`: it can take
 * the feed from viewers, or put more load on something than it bears.
 */
export type LeverDanger = 'low' | 'noticed' | 'high';

interface LeverBase {
  /** Family and name, e.g. `everyone.segment_ms`. */
  key: string;
  /** What is given up for what, for people. */
  trades: string;
  effect: LeverEffect;
  danger: LeverDanger;
  /** Automatic policy may move it. */
  auto?: true;
}

export interface SwitchLever extends LeverBase {
  kind: 'switch';
  default: boolean;
}

export interface ChoiceLever extends LeverBase {
  kind: 'choice';
  options: readonly [string, ...string[]];
  default: string;
}

/** `count`: whole numbers. `number`: fractions too. Both ends of the range are allowed. */
export interface NumericLever extends LeverBase {
  kind: 'count' | 'number';
  default: number;
  min: number;
  max: number;
  /** Unit of the value; empty for a bare number. */
  unit: string;
  /** Its value never goes back, so it takes no lease and cannot be cleared. */
  growsOnly?: true;
}

export type Lever = SwitchLever | ChoiceLever | NumericLever;

/** What a lever takes, as it ends a sentence: `a whole number from 250 to 10000 (ms)`. */
export function describeRange(lever: Lever): string {
  if (lever.kind === 'switch') return 'true or false';
  if (lever.kind === 'choice') return `one of ${lever.options.join(', ')}`;
  const { kind, min, max, unit } = lever;
  return `${kind === 'count' ? 'a whole number' : 'a number'} from ${min} to ${max}${unit ? ` (${unit})` : ''}`;
}
