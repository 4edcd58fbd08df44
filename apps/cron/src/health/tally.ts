import type { ClumpReport } from '../check/check-worker.js';

export type Tally = Readonly<ClumpReport> & { readonly clumps: number };

/** Adds up what became of the clumps of a provider. */
export class ClumpTally {
  private sum = { clumps: 0, watchers: 0, conflicts: 0, returned: 0, notices: 0, faults: 0 };

  get total(): Tally {
    return { ...this.sum };
  }

  add({ watchers, conflicts, returned, notices, faults }: ClumpReport): void {
    this.sum.clumps++;
    this.sum.watchers += watchers;
    this.sum.conflicts += conflicts;
    this.sum.returned += returned;
    this.sum.notices += notices;
    this.sum.faults += faults;
  }
}
