import type { DialectName } from './dialects.js';
import type { LatencyReport } from './tally.js';
import type { Since } from './time-in-frame.js';

/** Where a process may open 20,000 files, this many are sockets. */
export const SOCKETS_PER_PROCESS = 18_000;

/** One client in this many verifies everything that it gets. */
export const VERIFY_ONE_IN = 100;

/** What the swarm is asked for, by HTTP, one address each. */
export interface OpenOrder {
  host: string;
  port: number;
  dialect: DialectName;
  event: string;
  /** Whether sockets that are opened offer compression. */
  compress: boolean;
  /** How many sockets shall be open in all; fewer than now: the youngest are closed. */
  sockets: number;
  /** Token of the i-th socket; none: visitors. */
  tokens: string[];
}

export interface BeginOrder {
  since: Since;
}

export interface StallOrder {
  /** Share of the sockets that stop reading; those that verify go on. */
  share: number;
}

export interface OpenReport {
  open: number;
  /** Sockets that were tried and did not become ready. */
  failed: number;
}

export interface SwarmReport extends OpenReport {
  /** Sockets that ended by themselves since they were opened, and why the first did. */
  lost: number;
  lostBecause: string | undefined;
  /** Readers that got exactly what the first verifying client got. */
  complete: number;
  /** Sockets that read. */
  readers: number;
  /** Frames and bytes of the first verifying client. */
  frames: number;
  bytes: number;
  /** All verifying clients agree on these. */
  statuses: number;
  seen: number;
  digest: string;
  singly: number;
  /** Verifying clients that got the same as the first. */
  verified: number;
  verifiers: number;
  faults: string[];
  latency: LatencyReport;
}
