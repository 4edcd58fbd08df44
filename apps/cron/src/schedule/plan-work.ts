import type { Task } from '@groundswell/bus';
import { readNotifyTick } from '@groundswell/contracts';
import type { Log } from '@groundswell/runtime';
import { LEASE_MS, type Planner } from './planner.js';

export interface PlanWorkOptions {
  /** Makes tasks of all who are due with a provider; gives how many. */
  plan: Planner['plan'];
  /** For metrics. */
  planned: (provider: string, tasks: number) => void;
  /** How long a provider is asked nothing, milliseconds. */
  pausedMs: (provider: string) => Promise<number>;
  log: Log;
}

/**
 * Makes plans of ticks. A provider that is asked nothing for longer than a lease has none: its tasks would only be made again
 * and again.
 */
export function planWork({
  plan,
  planned: count,
  pausedMs,
  log,
}: PlanWorkOptions): (tasks: readonly Task[], signal: AbortSignal) => Promise<number> {
  return async (tasks, signal) => {
    for (const task of tasks) {
      const tick = readNotifyTick(task.data);
      if (!tick) {
        log.error({ seq: task.seq }, 'a tick makes no sense to this version');
      } else if ((await pausedMs(tick.provider)) > LEASE_MS) {
        log.info(tick, 'nothing is planned for a provider that is paused');
      } else {
        const planned = await plan(tick, signal);
        count(tick.provider, planned);
        if (planned > 0) log.info({ ...tick, planned }, 'planned');
      }
      task.done();
    }
    return 0;
  };
}
