import type { Publisher } from '@groundswell/bus';
import { envelope, subjects, type CheckTask, type NotifyTick } from '@groundswell/contracts';
import type { Clock } from '@groundswell/runtime';
import type { LeaseOptions } from '@groundswell/store';
import { eachLeased, taskId } from './lease-pages.js';

export { LEASE_MS } from './lease-pages.js';

export interface PlannerOptions {
  lease: (provider: string, options: LeaseOptions) => Promise<string[]>;
  publisher: Publisher;
  clock: Clock;
  source: string;
}

/** Makes tasks of watchers whose time has come. */
export class Planner {
  constructor(private readonly o: PlannerOptions) {}

  /** Asks for a plan of a slot. Every replica does so; the log keeps one of them. */
  async tick({ provider, slot }: NotifyTick): Promise<void> {
    const message: NotifyTick = { provider, slot };
    await this.publish(subjects.notify('tick'), `tick:${provider}:${slot}`, message);
  }

  /**
   * Leases who is due, a page at a time, and publishes a task for each. Gives how many. When it is broken off, those who were
   * leased come back by themselves.
   */
  async plan({ provider }: Pick<NotifyTick, 'provider'>, signal?: AbortSignal): Promise<number> {
    return eachLeased({
      lease: (options) => this.o.lease(provider, options),
      enqueue: (watcher, until) => this.enqueue({ provider, watcher, until }),
      clock: this.o.clock,
      signal,
    });
  }

  private enqueue(task: CheckTask): Promise<void> {
    return this.publish(subjects.notifyCheck(task.provider), taskId('check'), task);
  }

  private async publish(subject: string, id: string, message: object): Promise<void> {
    const { publisher, clock, source } = this.o;
    await publisher.publish(envelope({ subject, id, source, at: clock.now(), message }));
  }
}
