import type { ClientClock, Timers } from '@groundswell/client';
import type { World } from '../src/index.js';

/** What a device does while its lid is closed, or its page is put to sleep. */
type Sleep = { since: number; monotonic: 'stands still' | 'runs on' };

/** The clock and the timers of a viewer's device: in the world's time, but for what is wrong with them. */
export class Device implements ClientClock, Timers {
  /** How far its wall clock is ahead of the world, milliseconds. */
  aheadMs = 0;
  readonly #world: World;
  readonly #pending = new Map<number, { at: number; run: () => void }>();
  #timers = 0;
  #slept = 0;
  #sleep: Sleep | undefined;

  constructor(world: World) {
    this.#world = world;
  }

  wall(): number {
    return this.#world.now() + this.aheadMs;
  }

  monotonic(): number {
    const sleeping = this.#sleep?.monotonic === 'stands still' ? this.#world.passed - this.#sleep.since : 0;
    return performance.now() + this.#world.passed - this.#slept - sleeping;
  }

  set(run: () => void, ms: number): () => void {
    const id = this.#timers++;
    this.#pending.set(id, { at: this.monotonic() + ms, run });
    return () => this.#pending.delete(id);
  }

  /** No timer fires from here on. On a laptop the monotonic clock stands still too; in a tab that was frozen it runs. */
  sleep(monotonic: Sleep['monotonic']): void {
    this.#sleep = { since: this.#world.passed, monotonic };
  }

  wake(): void {
    if (this.#sleep?.monotonic === 'stands still') this.#slept += this.#world.passed - this.#sleep.since;
    this.#sleep = undefined;
  }

  /** Milliseconds until the next timer; Infinity = none fires. */
  dueIn(): number {
    if (this.#sleep) return Infinity;
    const now = this.monotonic();
    return Math.min(...[...this.#pending.values()].map(({ at }) => Math.max(0, at - now)));
  }

  /** Runs every timer that is due, in order of time. */
  act(): void {
    if (this.#sleep) return;
    const now = this.monotonic();
    const due = [...this.#pending].filter(([, { at }]) => at <= now).sort((a, b) => a[1].at - b[1].at || a[0] - b[0]);
    for (const [id, { run }] of due) if (this.#pending.delete(id)) run();
  }
}
