import type { Clock } from '@groundswell/runtime';
import type { LeaseOptions } from '@groundswell/store';
import { randomUUID } from 'node:crypto';

/** Watchers that are leased at a time, and tasks that are published at a time. */
export const PAGE = 1_000;
export const CLUMP = 100;

/** A watcher who was leased comes back after this time if nothing comes of it. */
export const LEASE_MS = 15 * 60_000;

/** More would be more members than there are people; the next tick goes on. */
const PAGES_MOST = 1_000_000;

export interface LeasePagesOptions {
  lease: (options: LeaseOptions) => Promise<string[]>;
  /** Publishes the task of a watcher; `until`: of the lease, Unix milliseconds. */
  enqueue: (watcher: string, until: number) => Promise<void>;
  clock: Clock;
  signal?: AbortSignal | undefined;
}

/**
 * Name of a task that is published: every lease makes one of its own, also when two of a watcher end at the same time, by a
 * clock that was set back or by two clocks. The log would leave out a name that it knows.
 */
export function taskId(kind: string): string {
  return `${kind}:${randomUUID()}`;
}

/**
 * Leases whose time has come, a page at a time, and has a task published for each. Gives how many. When it is broken off, those
 * who were leased come back by themselves.
 */
export async function eachLeased({ lease, enqueue, clock, signal }: LeasePagesOptions): Promise<number> {
  let planned = 0;
  for (let page = 0; page < PAGES_MOST; page++) {
    if (signal?.aborted) break;
    const now = clock.now();
    const until = now + LEASE_MS;
    const watchers = await lease({ now, until, limit: PAGE });
    if (watchers.length === 0) break;
    for (let i = 0; i < watchers.length; i += CLUMP) {
      await Promise.all(watchers.slice(i, i + CLUMP).map((watcher) => enqueue(watcher, until)));
    }
    planned += watchers.length;
  }
  return planned;
}
