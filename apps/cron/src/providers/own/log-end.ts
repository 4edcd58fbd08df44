import type { Clock } from '@groundswell/runtime';

/** A log, and where it ends. */
export interface LogPosition {
  /** Creation of the log, Unix milliseconds. */
  created: number;
  lastSeq: number;
}

export interface LogEndOptions {
  ask: () => Promise<LogPosition>;
  clock: Pick<Clock, 'monotonic'>;
  /** An answer serves for so long, milliseconds; default a second. */
  keptMs?: number;
}

/** The end of a log, as of a moment ago: asked once for all who want it at a time. */
export class LogEnd {
  #asking: Promise<LogPosition> | undefined;
  #askedAt = -Infinity;

  constructor(private readonly o: LogEndOptions) {}

  /** Rejects when the log does not answer. */
  get(): Promise<LogPosition> {
    const { ask, clock, keptMs = 1_000 } = this.o;
    const now = clock.monotonic();
    if (this.#asking && now - this.#askedAt <= keptMs) return this.#asking;
    this.#askedAt = now;
    const asking = ask();
    this.#asking = asking;
    asking.catch(() => {
      if (this.#asking === asking) this.#asking = undefined;
    });
    return asking;
  }
}
