import type { Row } from './row.js';

/** What a figure is judged by, and what is to be reached. */
export interface Target {
  of: 'value' | 'ratio';
  atLeast?: number;
  atMost?: number;
}

export type Verdict = 'met' | 'missed' | 'none';

/** Keys that are not here are printed for information. */
export const TARGETS: Readonly<Record<string, Target>> = {
  'everyone.per_cpu.10': { of: 'ratio', atLeast: 10 },
  'everyone.per_cpu.100': { of: 'ratio', atLeast: 80 },
  'everyone.per_cpu.1000': { of: 'ratio', atLeast: 250 },
  'everyone.per_cpu_ws.10': { of: 'ratio', atLeast: 1 },
  'everyone.per_cpu_ws.100': { of: 'ratio', atLeast: 1 },
  'everyone.per_cpu_ws.1000': { of: 'ratio', atLeast: 1 },
  'everyone.per_cpu_nchan.10': { of: 'ratio', atLeast: 1 },
  'everyone.per_cpu_nchan.100': { of: 'ratio', atLeast: 1 },
  'everyone.per_cpu_nchan.1000': { of: 'ratio', atLeast: 1 },
  'everyone.per_cpu_batched.100': { of: 'ratio', atLeast: 1.8 },
  'everyone.frame_cpu': { of: 'ratio', atMost: 1.15 },
  'everyone.latency_p50': { of: 'value', atMost: 100 },
  'everyone.latency_p99': { of: 'value', atMost: 250 },
  'everyone.quiet_p99': { of: 'value', atMost: 60 },
  'everyone.boot': { of: 'value', atMost: 5 },
  'everyone.egress.10': { of: 'value', atMost: 35 },
  'everyone.egress.140': { of: 'value', atMost: 25 },
  'everyone.rss_per_viewer': { of: 'value', atMost: 10 },
  'everyone.slow_clients': { of: 'value', atMost: 1.1 },
  'friends.latency_p99': { of: 'value', atMost: 50 },
  'friends.hub_p99': { of: 'value', atMost: 120 },
  'friends.snapshot_p99': { of: 'value', atMost: 0.3 },
  'friends.snapshot_hub': { of: 'value', atMost: 3 },
  'friends.empty_poll': { of: 'ratio', atLeast: 0.8 },
  'friends.switch': { of: 'ratio', atLeast: 0.5 },
  'edge.origin_growth': { of: 'value', atMost: 1.1 },
  'edge.hit_share': { of: 'value', atLeast: 0.99 },
  'notifier.round_trips': { of: 'value', atMost: 60 },
  'notifier.users_per_s': { of: 'value', atLeast: 5000 },
  'notifier.redis_mb': { of: 'value', atMost: 200 },
  'ingest.acked_per_s': { of: 'value', atLeast: 4000 },
  'ingest.p99': { of: 'value', atMost: 50 },
};

/** Whether a row reaches its target; 'none' where there is no target or no figure. */
export function judge(row: Row, targets: Readonly<Record<string, Target>> = TARGETS): Verdict {
  const target = targets[row.key];
  const figure = target && row[target.of];
  if (!target || figure === undefined || figure === null) return 'none';
  const met = figure >= (target.atLeast ?? -Infinity) && figure <= (target.atMost ?? Infinity);
  return met ? 'met' : 'missed';
}

/** A target in words, e.g. `ratio ≥ 10`; empty when there is none. */
export function describeTarget(key: string): string {
  const target = TARGETS[key];
  if (!target) return '';
  return `${target.of} ${target.atLeast !== undefined ? `≥ ${target.atLeast}` : `≤ ${target.atMost}`}`;
}
