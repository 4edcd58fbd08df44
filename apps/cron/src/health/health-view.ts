import type { Tally } from './tally.js';

/** What an operator and a load balancer want to know. */
export interface HealthView {
  ready: boolean;
  node: string;
  bus: { up: boolean };
  store: { up: boolean };
  /** What the process has done with each provider since it was started. */
  providers: (Tally & {
    name: string;
    /** Nothing is asked for so long, milliseconds; null when the store does not answer. */
    pausedMs: number | null;
  })[];
}
