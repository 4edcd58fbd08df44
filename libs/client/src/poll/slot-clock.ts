import type { ClientClock } from '../feed/environment.js';

/** Wall clock and monotonic clock apart by more than this since the last correction: one of them jumped. */
const JUMP_MS = 1_000;

/** An answer that took longer is of unknown age: the device may have slept while it was on its way. */
const ANSWER_MAX_MS = 10_000;

/** Both clocks of the device at one moment. */
export interface ClockReading {
  wall: number;
  monotonic: number;
}

export type SlotTurn = { t: 'slot'; slot: number } | { t: 'wait'; ms: number };

/**
 * The server's time as this client knows it, cut into slots, each of which is given out once (H1). Runs on the
 * monotonic clock, so that a device whose clock is wrong, or is set right, asks in the same slots as all others.
 */
export class SlotClock {
  readonly #clock: ClientClock;
  #set: (ClockReading & { server: number }) | undefined;
  #used: { slotMs: number; slot: number } | undefined;

  constructor(clock: ClientClock) {
    this.#clock = clock;
  }

  /** Whether the server must be asked for its time first: at the start, and after a clock jump or a sleep. */
  get unsure(): boolean {
    return !this.#set || this.#since(this.#set).jumped;
  }

  /** To be kept while the server is asked for its time. */
  read(): ClockReading {
    return { wall: this.#clock.wall(), monotonic: this.#clock.monotonic() };
  }

  /**
   * Takes the time that the server answered, Unix milliseconds, to who asked at `asked`; false when nobody knows how old
   * the answer is. The way back is left out: a clock that is a little late never asks for a slot to come, which no cache
   * may keep.
   */
  correct(server: number, asked: ClockReading): boolean {
    const { jumped, ms } = this.#since(asked);
    if (jumped || ms > ANSWER_MAX_MS) return false;
    this.#set = { server, ...this.read() };
    return true;
  }

  /** The slot of now, or how long to wait for one that was not used yet. Only when it is not `unsure`. */
  take(slotMs: number): SlotTurn {
    const now = this.#now();
    const slot = Math.floor(now / slotMs);
    const used = this.#used;
    if (used?.slotMs === slotMs && slot <= used.slot) {
      const ms = (used.slot + 1) * slotMs - now;
      // Longer than a slot or two: the clock was ahead before it was corrected, and those slots were never stored.
      if (ms <= 2 * slotMs) return { t: 'wait', ms: Math.ceil(ms) };
    }
    this.#used = { slotMs, slot };
    return { t: 'slot', slot };
  }

  #since(then: ClockReading): { jumped: boolean; ms: number } {
    const now = this.read();
    const ms = now.monotonic - then.monotonic;
    return { jumped: Math.abs(now.wall - then.wall - ms) > JUMP_MS, ms };
  }

  #now(): number {
    if (!this.#set) throw new Error('The slot clock was asked for a slot before it was set.');
    return this.#set.server + (this.#clock.monotonic() - this.#set.monotonic);
  }
}
