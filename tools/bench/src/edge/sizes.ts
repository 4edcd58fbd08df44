import type { Scale } from '../options.js';

export interface EdgeSizes {
  /** Viewers that poll, at ×1; each polls as often as the head says. */
  pollers: number;
  factors: readonly number[];
  /** Whole seconds measured at each factor; and those before, not measured. */
  seconds: number;
  warmUpSeconds: number;
  /** Keep-alive connections that all pollers share. */
  connections: number;
  /** Statuses a second meanwhile. */
  rate: number;
}

export const EDGE_SIZES: Readonly<Record<Scale, EdgeSizes>> = {
  full: { pollers: 30, factors: [1, 10, 100], seconds: 20, warmUpSeconds: 3, connections: 256, rate: 10 },
  quick: { pollers: 30, factors: [1, 10, 100], seconds: 6, warmUpSeconds: 1, connections: 256, rate: 10 },
  // As many as ask for every slot: fewer may let one pass, and nothing is no base for a growth.
  miniature: { pollers: 30, factors: [1, 2], seconds: 2, warmUpSeconds: 0.1, connections: 8, rate: 10 },
};
