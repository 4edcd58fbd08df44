import type { Timers } from '../src/feed/environment.js';

/** Timers whose clock a test moves by hand. */
export class ManualTimers implements Timers {
  #now = 0;
  #next = 0;
  readonly #pending = new Map<number, { at: number; run: () => void }>();

  /** Milliseconds since the timers were made. */
  get now(): number {
    return this.#now;
  }

  get pending(): number {
    return this.#pending.size;
  }

  set(run: () => void, ms: number): () => void {
    const id = this.#next++;
    this.#pending.set(id, { at: this.#now + ms, run });
    return () => this.#pending.delete(id);
  }

  /** Moves the clock, running what falls due in order of time. */
  advance(ms: number): void {
    const end = this.#now + ms;
    for (;;) {
      const due = [...this.#pending].filter(([, { at }]) => at <= end).sort((a, b) => a[1].at - b[1].at || a[0] - b[0]);
      const first = due[0];
      if (!first) break;
      const [id, { at, run }] = first;
      this.#pending.delete(id);
      this.#now = at;
      run();
    }
    this.#now = end;
  }
}

/** Lets promise callbacks that are already due run. */
export async function microtasks(): Promise<void> {
  for (let i = 0; i < 8; i++) await Promise.resolve();
}
