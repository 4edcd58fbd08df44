import { build, type Histogram } from 'hdr-histogram-js';
import { IdDigest } from '../statuses/digest.js';
import type { ReadStatuses } from './dialects.js';

/** What one client has had since the measurement began. */
export interface Tally {
  frames: number;
  bytes: number;
  /** Only of clients that verify. */
  verified: Verified | undefined;
}

/** Reads everything: ids once each, segment numbers without a gap. */
export class Verified {
  digest = new IdDigest();
  seen = 0;
  singly = 0;
  readonly faults: string[] = [];
  private ids = new Set<string>();
  private n: number | undefined;

  begin(): void {
    this.digest = new IdDigest();
    this.ids = new Set();
    this.seen = 0;
    this.singly = 0;
  }

  take({ ids, seen, n, singly }: ReadStatuses): void {
    if (n !== undefined) {
      if (this.n !== undefined && n !== this.n + 1) this.faults.push(`segment ${n} came after ${this.n}`);
      this.n = n;
    }
    for (const id of ids) {
      if (this.ids.has(id)) this.faults.push(`status ${id} came twice`);
      this.ids.add(id);
      this.digest.add(id);
    }
    this.seen += seen;
    this.singly += singly;
  }
}

/** Milliseconds between a time that a frame carries and its arrival. */
export class Latencies {
  private histogram: Histogram = Latencies.empty();

  private static empty(): Histogram {
    return build({ lowestDiscernibleValue: 1, highestTrackableValue: 3_600_000, numberOfSignificantValueDigits: 3 });
  }

  begin(): void {
    this.histogram = Latencies.empty();
  }

  record(milliseconds: number): void {
    this.histogram.recordValue(Math.max(0, Math.round(milliseconds)));
  }

  get report(): LatencyReport {
    const at = (percentile: number) => this.histogram.getValueAtPercentile(percentile);
    return { count: this.histogram.totalCount, p50: at(50), p99: at(99), max: this.histogram.maxValue };
  }
}

/** Milliseconds. */
export interface LatencyReport {
  count: number;
  p50: number;
  p99: number;
  max: number;
}
