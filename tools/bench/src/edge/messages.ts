import type { LatencyReport } from '../swarm/tally.js';

export interface PollOrder {
  port: number;
  event: string;
  pollers: number;
  /** Milliseconds between two polls of a poller. */
  everyMs: number;
  connections: number;
  seconds: number;
}

export interface PollReport {
  /** Polls that ended at the position of their head. */
  polls: number;
  /** Requests, heads and segments. */
  requests: number;
  failed: number;
  failure: string | undefined;
  /** Segments that pollers went through, summed. */
  segments: number;
  seconds: number;
  /** From when a poll was due to its last answer. */
  latency: LatencyReport;
}

/** What came to the origin since it was asked last. */
export interface OriginReport {
  requests: number;
}
