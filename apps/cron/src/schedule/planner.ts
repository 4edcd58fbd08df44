import type { Publisher } from '@groundswell/bus';
import { envelope, subjects, type CheckTask, type NotifyTick } from '@groundswell/contracts';
import type { Clock } from '@groundswell/runtime';
import type { LeaseOptions } from '@groundswell/store';

/** Watchers that are leased at a time, and tasks that are published at a time. */
export const PAGE = 1_000;
export const CLUMP = 100;

/** A watcher who was leased comes back after this time if nothing comes of it. */
export const LEASE_MS = 15 * 60_000;

/** More would be more members than there are people; the next tick goes on. */
const PAGES_MOST = 1_000_000;

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
    let planned = 0;
    for (let page = 0; page < PAGES_MOST; page++) {
      if (signal?.aborted) break;
      const now = this.o.clock.now();
      const until = now + LEASE_MS;
      const watchers = await this.o.lease(provider, { now, until, limit: PAGE });
      if (watchers.length === 0) break;
      for (let i = 0; i < watchers.length; i += CLUMP) {
        await Promise.all(watchers.slice(i, i + CLUMP).map((watcher) => this.enqueue({ provider, watcher, until })));
      }
      planned += watchers.length;
    }
    return planned;
  }

  /** One lease makes one task, however often it is published. */
  private enqueue(task: CheckTask): Promise<void> {
    const id = `check:${task.provider}:${task.watcher}:${task.until}`;
    return this.publish(subjects.notifyCheck(task.provider), id, task);
  }

  private async publish(subject: string, id: string, message: object): Promise<void> {
    const { publisher, clock, source } = this.o;
    await publisher.publish(envelope({ subject, id, source, at: clock.now(), message }));
  }
}
