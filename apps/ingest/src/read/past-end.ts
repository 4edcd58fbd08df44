export interface PastEndOptions {
  /** Last position of a log, as of now. */
  end: () => Promise<number>;
  clock: { monotonic(): number };
  /** How long ago, milliseconds. */
  ageMs: number;
}

/**
 * The end that a log had a while ago: `ageMs` to twice that. Who asks often waits for no answer of the log, and learns
 * whether a view is much too late, not whether it is a moment behind.
 */
export class PastEnd {
  private older = 0;
  private newer = 0;
  private askedAt = -Infinity;
  private asking: Promise<void> | undefined;

  constructor(private readonly o: PastEndOptions) {}

  /** Rejects when nothing is known of late, and the log does not answer. */
  async get(): Promise<number> {
    const age = this.o.clock.monotonic() - this.askedAt;
    if (age > this.o.ageMs) {
      const asked = this.ask();
      // What is known serves meanwhile; after a failure it is asked again.
      if (age > 2 * this.o.ageMs) await asked;
      else asked.catch(() => undefined);
    }
    return this.older;
  }

  private ask(): Promise<void> {
    this.asking ??= this.refresh().finally(() => (this.asking = undefined));
    return this.asking;
  }

  private async refresh(): Promise<void> {
    const at = this.o.clock.monotonic();
    const isStale = at - this.askedAt > 2 * this.o.ageMs;
    const end = await this.o.end();
    this.older = isStale ? end : this.newer;
    this.newer = end;
    this.askedAt = at;
  }
}
