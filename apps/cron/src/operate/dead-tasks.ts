import { getMessage, removeMessage, type Bus, type Publisher } from '@groundswell/bus';
import { envelope, NOTIFY, parseNotifySubject, readDeadTask, subjects, type DeadTask } from '@groundswell/contracts';
import type { Clock } from '@groundswell/runtime';

/** A task that was given up, with its place. */
export type BuriedTask = DeadTask & { seq: number };

/** Tasks of a page. */
const PAGE = 100;

export interface DeadTasksOptions {
  bus: Bus;
  publisher: Publisher;
  clock: Clock;
  source: string;
}

/** Tasks that could not be worked off: an operator looks at them, and has them tried once more or forgotten. */
export class DeadTasks {
  constructor(private readonly o: DeadTasksOptions) {}

  /** Those from a place on, oldest first, at most a hundred. What makes no sense is shown as it is. */
  async list(from = 1): Promise<BuriedTask[]> {
    const found: BuriedTask[] = [];
    let next = from;
    while (found.length < PAGE) {
      const stored = await getMessage(this.o.bus, NOTIFY.name, { subject: subjects.notify('dead'), from: next });
      if (!stored) break;
      found.push({ seq: stored.seq, ...(readDeadTask(stored.data) ?? unreadable(stored.data)) });
      next = stored.seq + 1;
    }
    return found;
  }

  /** Puts a task back where it came from; false when there is none at that place, or none that can be tried. */
  async replay(seq: number): Promise<boolean> {
    const { bus, publisher, clock, source } = this.o;
    const stored = await getMessage(bus, NOTIFY.name, { seq });
    const dead = stored?.subject === subjects.notify('dead') ? readDeadTask(stored.data) : undefined;
    if (!dead || parseNotifySubject(dead.subject) === undefined) return false;
    const message = JSON.parse(dead.task) as object;
    // The same id however often it is ordered; then it is taken out, so that it is not tried twice.
    await publisher.publish(envelope({ subject: dead.subject, id: `again:${seq}`, source, at: clock.now(), message }));
    await removeMessage(bus, NOTIFY.name, seq);
    return true;
  }

  /** Forgets a task; false when there is none at that place. */
  async forget(seq: number): Promise<boolean> {
    const stored = await getMessage(this.o.bus, NOTIFY.name, { seq });
    return stored?.subject === subjects.notify('dead') && removeMessage(this.o.bus, NOTIFY.name, seq);
  }
}

function unreadable(data: Uint8Array): DeadTask {
  return { subject: '', task: Buffer.from(data).toString(), deliveries: 0, at: 0 };
}
