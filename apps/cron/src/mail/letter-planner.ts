import type { Publisher } from '@groundswell/bus';
import { envelope, subjects, type LetterTask } from '@groundswell/contracts';
import type { Clock } from '@groundswell/runtime';
import type { LeaseOptions } from '@groundswell/store';
import { eachLeased, taskId } from '../schedule/lease-pages.js';

/** What ticks for letters bear instead of a provider. */
export const LETTERS = 'letters';

export interface LetterPlannerOptions {
  /** Of those who wait for a letter. */
  lease: (options: LeaseOptions) => Promise<string[]>;
  publisher: Publisher;
  clock: Clock;
  source: string;
}

/** Makes tasks of watchers who are to be written to. */
export class LetterPlanner {
  constructor(private readonly o: LetterPlannerOptions) {}

  /** As a plan of checks: gives how many tasks there are. */
  plan(signal?: AbortSignal): Promise<number> {
    const { lease, clock } = this.o;
    return eachLeased({ lease, enqueue: (watcher, until) => this.enqueue(watcher, until), clock, signal });
  }

  private async enqueue(watcher: string, until: number): Promise<void> {
    const { publisher, clock, source } = this.o;
    const message: LetterTask = { kind: 'letter', watcher, until };
    const id = taskId('letter');
    await publisher.publish(envelope({ subject: subjects.notify('mail'), id, source, at: clock.now(), message }));
  }
}
