import type { Clock } from '@groundswell/runtime';

export interface RecentOptions<T> {
  ask: () => Promise<T>;
  clock: Pick<Clock, 'monotonic'>;
  /** An answer serves for so long, milliseconds. */
  keptMs: number;
}

/** What somebody else knows, as of a moment ago: asked once for all who want it at a time. */
export class Recent<T> {
  #asking: Promise<T> | undefined;
  #askedAt = -Infinity;

  constructor(private readonly o: RecentOptions<T>) {}

  /** Rejects when there is no answer; whoever comes next asks anew. */
  get(): Promise<T> {
    const { ask, clock, keptMs } = this.o;
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
