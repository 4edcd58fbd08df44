import type { LatencyReport } from '../swarm/tally.js';

export interface PostOrder {
  port: number;
  path: string;
  tokens: string[];
  connections: number;
  seconds: number;
  /** Statuses a second; absent: each connection posts again as soon as it has its answer. */
  rate?: number;
}

export interface PostReport {
  /** Answers with 201. */
  acked: number;
  /** Everything else that came or did not come. */
  failed: number;
  failure: string | undefined;
  seconds: number;
  /** From when a status was due, not from when a connection was free for it. */
  latency: LatencyReport;
}

export interface PublishOrder {
  natsUrl: string;
  seconds: number;
}

export interface PublishReport {
  acked: number;
  seconds: number;
}
