import { trips, type Tally, type Threshold } from '@groundswell/relations';
import type { Run, RunCount } from '@groundswell/store';
import type { Log } from '@groundswell/runtime';

export interface QuarantineOptions {
  provider: string;
  threshold: Threshold;
  /** Length of a run, milliseconds: two looks that confirm a change are of two runs. */
  runMs: number;
  count: (run: Run, tally: Tally) => Promise<RunCount>;
  quarantine: (run: Run) => Promise<boolean>;
  quarantined: (provider: string) => Promise<Set<number>>;
  /** For metrics. */
  tripped: () => void;
  log: Log;
}

/** The breaker of a provider: a run in which very many pairs change is not believed. All workers count together. */
export class Quarantine {
  constructor(private readonly o: QuarantineOptions) {}

  /** Whether a look at a time is believed, as of now. */
  async distrusts(): Promise<(at: number) => boolean> {
    const runs = await this.o.quarantined(this.o.provider);
    return (at) => runs.has(this.runOf(at));
  }

  /** What looks at a time have seen. */
  async add(at: number, tally: Tally): Promise<void> {
    if (tally.pairs === 0) return;
    const { provider, threshold, tripped, log } = this.o;
    const run = { provider, run: this.runOf(at) };
    const total = await this.o.count(run, tally);
    if (!trips(total, threshold) || !(await this.o.quarantine(run))) return;
    tripped();
    log.error(
      { ...run, ...total },
      'too many pairs have changed at once: nobody is told until they are seen twice again',
    );
  }

  private runOf(at: number): number {
    return Math.floor(at / this.o.runMs);
  }
}
