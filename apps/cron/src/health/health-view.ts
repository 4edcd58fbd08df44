import type { Tally } from './tally.js';

/** What an operator and a load balancer want to know. */
export interface HealthView {
  ready: boolean;
  node: string;
  /** Since the process was started. */
  bus: { up: boolean; messages: number; flights: number };
  store: { up: boolean; commands: number; flights: number };
  /** Whether letters go out from here. */
  mail: boolean;
  /** What the process has done with each provider since it was started. */
  providers: (Tally & {
    name: string;
    /** Answers of the provider, one for each watcher and request. */
    calls: number;
    /** Nothing is asked for so long, milliseconds; null when the store does not answer. */
    pausedMs: number | null;
  })[];
}
