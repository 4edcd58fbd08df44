import type { Publisher, Task } from '@groundswell/bus';
import { envelope, subjects, type DeadTask } from '@groundswell/contracts';
import type { Clock, Log } from '@groundswell/runtime';

const decoder = new TextDecoder();

export interface UndertakerOptions {
  publisher: Publisher;
  clock: Clock;
  log: Log;
  source: string;
  /** For metrics. */
  count: () => void;
}

/** Puts tasks that could not be worked off where an operator finds them, each once. */
export function undertaker({ publisher, clock, log, source, count }: UndertakerOptions): (task: Task) => Promise<void> {
  return async ({ subject, data, seq, deliveries }) => {
    const at = clock.now();
    const message: DeadTask = { subject, task: decoder.decode(data), deliveries, at };
    await publisher.publish(envelope({ subject: subjects.notify('dead'), id: `dead:${seq}`, source, at, message }));
    count();
    log.error({ subject, seq, deliveries }, 'a task is given up: an operator has to look');
  };
}
