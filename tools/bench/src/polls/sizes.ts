import type { Scale } from '../options.js';

export interface PollsSizes {
  /** Signed-in viewers, each with ten friends among the others. */
  viewers: number;
  /** Seconds measured, with filters and without. */
  seconds: number;
  /** Statuses a second, by viewers drawn at random. */
  rate: number;
  /** Milliseconds between two polls of a viewer. */
  pollMs: number;
}

export const POLLS_SIZES: Readonly<Record<Scale, PollsSizes>> = {
  full: { viewers: 5_000, seconds: 60, rate: 10, pollMs: 5_000 },
  quick: { viewers: 1_000, seconds: 12, rate: 10, pollMs: 2_000 },
  miniature: { viewers: 40, seconds: 3, rate: 10, pollMs: 1_000 },
};
