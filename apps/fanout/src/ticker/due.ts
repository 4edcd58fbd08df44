export interface DueInput {
  /** Something waits that a tick would bring out. */
  waiting: boolean;
  /** Since the last valid tick, milliseconds; Infinity before the first. */
  sinceLastMs: number;
  segmentMs: number;
}

/**
 * When the next tick is due: `undefined` while nothing waits; else the milliseconds to wait. Leading edge: after a quiet
 * time the first message is sealed at once, in a busy one at most once a segment.
 */
export function tickDueIn({ waiting, sinceLastMs, segmentMs }: DueInput): number | undefined {
  if (!waiting) return undefined;
  return Math.max(0, segmentMs - sinceLastMs);
}
