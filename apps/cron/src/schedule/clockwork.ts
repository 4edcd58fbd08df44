import type { Clock, Log } from '@groundswell/runtime';
import type { Planner } from './planner.js';

export interface ClockworkOptions {
  planner: Pick<Planner, 'tick'>;
  providers: readonly string[];
  /** Length of a slot, milliseconds: how often those who are due are looked for. */
  slotMs: number;
  clock: Clock;
  log: Log;
  /** How often the clock is looked at, milliseconds; default a second. */
  everyMs?: number;
}

/**
 * Asks for a plan once a slot. All replicas do so and the log keeps one request; when it is not known whether it was kept, it
 * is asked for again.
 */
export class Clockwork {
  private readonly asked = new Map<string, number>();
  private timer: NodeJS.Timeout | undefined;
  private looking = false;

  constructor(private readonly o: ClockworkOptions) {}

  start(): void {
    this.timer ??= setInterval(() => void this.look(), this.o.everyMs ?? 1_000);
    void this.look();
  }

  stop(): void {
    clearInterval(this.timer);
    this.timer = undefined;
  }

  /** Asks for what has not been asked for in this slot. */
  async look(): Promise<void> {
    if (this.looking) return;
    this.looking = true;
    const { planner, providers, slotMs, clock, log } = this.o;
    const slot = Math.floor(clock.now() / slotMs);
    for (const provider of providers) {
      if ((this.asked.get(provider) ?? -1) >= slot) continue;
      try {
        await planner.tick({ provider, slot });
        this.asked.set(provider, slot);
      } catch (error) {
        log.warn({ err: error, provider, slot }, 'a plan could not be asked for; it is tried again');
      }
    }
    this.looking = false;
  }
}
