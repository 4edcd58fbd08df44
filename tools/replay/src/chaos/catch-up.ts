import type { Outage } from '../network/network.js';

/** How one drop went. Times in milliseconds from the moment when the network was back. */
export interface Drop {
  outage: Outage;
  /** Connections that were cut. */
  cut: number;
  /** Until a client stood at the newest position of that moment, over all clients. */
  p50: number;
  p99: number;
  slowest: number;
  /** Waits of all clients before another try. */
  waits: number;
}

/** The value below which a share of the values lies; 0 of none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

export function sayDrop({ outage, cut, p50, p99, slowest, waits }: Drop, clients: number): string {
  const caught = `caught up p50 ${seconds(p50)}, p99 ${seconds(p99)}, slowest ${seconds(slowest)}`;
  return `${cut} connections cut, then ${outage}: ${caught}; ${(waits / clients).toFixed(1)} tries a client`;
}

export function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
