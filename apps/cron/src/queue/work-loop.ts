import type { Task, WorkQueue } from '@groundswell/bus';
import type { Log } from '@groundswell/runtime';
import { setTimeout as sleep } from 'node:timers/promises';

/** How often a task is tried; whoever gets it once more gives it up. */
export const TRIES = 5;

/** How long a first task is waited for, and how long after something went wrong nothing is taken, milliseconds. */
const WAIT_MS = 5_000;
const REST_MS = 1_000;

export interface WorkLoopOptions {
  queue: WorkQueue;
  /** Tasks taken at a time. */
  most: number;
  /** Clumps worked off at the same time: while one waits for an answer, another is worked on. Default 1. */
  atOnce?: number;
  /**
   * Works tasks off and ends each. Tasks that it leaves open when it rejects are handed out again. Gives how long nothing is
   * to be taken then, milliseconds.
   */
  work: (tasks: readonly Task[], signal: AbortSignal) => Promise<number>;
  /** How often the queue is told that those in hand take longer, milliseconds; well below the time it waits for an end. */
  busyEveryMs: number;
  /** How long nothing is to be taken yet, milliseconds; asked before each clump. Tasks that nobody takes lose no try. */
  pausedMs?: () => Promise<number>;
  /** Keeps what is given up for an operator. */
  bury: (task: Task) => Promise<void>;
  log: Log;
}

/** Takes tasks and has them worked off, a clump at a time or a few, until it is stopped. */
export class WorkLoop {
  private readonly stopping = new AbortController();
  private running: Promise<unknown> | undefined;

  constructor(private readonly o: WorkLoopOptions) {}

  start(): void {
    this.running ??= Promise.all(Array.from({ length: this.o.atOnce ?? 1 }, () => this.run()));
  }

  /** Lets the clumps in hand end, and takes no other. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      try {
        await this.rest((await this.paused()) || (await this.clump(signal)));
      } catch (error) {
        if (signal.aborted) return;
        this.o.log.warn({ err: error }, 'a clump of tasks could not be worked off; it is tried again');
        await this.rest(REST_MS);
      }
    }
  }

  /** A pause may end sooner than it was said: it is asked for again in between. */
  private async paused(): Promise<number> {
    return Math.min(REST_MS, (await this.o.pausedMs?.()) ?? 0);
  }

  private async clump(signal: AbortSignal): Promise<number> {
    const { queue, most, work, bury } = this.o;
    const tasks = await queue.take(most, { waitMs: WAIT_MS, signal });
    const tried = tasks.filter(({ deliveries }) => deliveries > TRIES);
    for (const task of tried) {
      await bury(task);
      task.drop();
    }
    const live = tasks.filter(({ deliveries }) => deliveries <= TRIES);
    if (live.length === 0) return 0;
    const busy = setInterval(() => {
      for (const task of live) task.busy();
    }, this.o.busyEveryMs);
    try {
      return await work(live, signal);
    } finally {
      clearInterval(busy);
    }
  }

  private async rest(ms: number): Promise<void> {
    // Rejects when it is stopped, which the caller sees for itself.
    if (ms > 0) await sleep(ms, undefined, { signal: this.stopping.signal }).catch(() => undefined);
  }
}
