import type { Task } from '@groundswell/bus';
import { readMailTask, type LetterTask } from '@groundswell/contracts';
import type { Log } from '@groundswell/runtime';
import type { MailSide, StoredNotice } from '@groundswell/store';
import { ViewBehind } from '../providers/own/status-view.js';
import type { LetterOutcome, LetterWorker } from './letter-worker.js';
import type { QuestionOutcome, QuestionWorker } from './question-worker.js';
import type { ReconnectWorker } from './reconnect-worker.js';

/** What could not be done is tried again after this time, and then twice as long each time, milliseconds. */
const AGAIN_MS = 5_000;
const AGAIN_MOST_MS = 10 * 60_000;

export interface MailWorkerOptions {
  outboxes: (watchers: readonly string[]) => Promise<StoredNotice[][]>;
  sides: (members: readonly string[]) => Promise<MailSide[]>;
  letters: Pick<LetterWorker, 'work'>;
  questions: Pick<QuestionWorker, 'work'>;
  reconnects: Pick<ReconnectWorker, 'work'>;
  /** Letters at a time: not more than there are connections to send them over, so that none waits with a claim on it. */
  atOnce: number;
  /** For metrics. */
  count?: (outcome: LetterOutcome | QuestionOutcome | 'failed') => void;
  log: Log;
}

/** Works off tasks of the mail: reads for all of them at once, then writes to one after the other. */
export class MailWorker {
  constructor(private readonly o: MailWorkerOptions) {}

  /** Ends each task by itself. Rejects, with the tasks left open, when the store is out of reach. */
  async work(tasks: readonly Task[], signal: AbortSignal): Promise<number> {
    const jobs = await this.jobs(tasks);
    const next = jobs.values();
    const run = async (): Promise<void> => {
      for (const { task, work } of next) {
        if (signal.aborted) task.later(0);
        else await this.end(task, work);
      }
    };
    await Promise.all(Array.from({ length: this.o.atOnce }, run));
    return 0;
  }

  private async jobs(tasks: readonly Task[]): Promise<Job[]> {
    const { outboxes, sides, letters, questions, reconnects, log } = this.o;
    const asked: { task: Task; letter: LetterTask }[] = [];
    const jobs: Job[] = [];
    for (const task of tasks) {
      const message = readMailTask(task.data);
      if (message?.kind === 'letter') {
        asked.push({ task, letter: message });
      } else if (message?.kind === 'reconnect') {
        jobs.push({ task, work: () => reconnects.work(message) });
      } else if (message) {
        jobs.push({ task, work: async () => ({ outcome: await questions.work(message.watcher) }) });
      } else {
        log.error({ seq: task.seq }, 'a task of the mail makes no sense to this version');
        task.done();
      }
    }
    const watchers = asked.map(({ letter }) => letter.watcher);
    const [waiting, known] = await Promise.all([outboxes(watchers), sides(watchers)]);
    const written = asked.map(({ task, letter }, i) => ({
      task,
      work: async () => ({ outcome: await letters.work(letter, { outbox: waiting[i]!, side: known[i]! }) }),
    }));
    return [...jobs, ...written];
  }

  private async end(task: Task, work: Job['work']): Promise<void> {
    const again = (): void => task.later(Math.min(AGAIN_MS * 2 ** (task.deliveries - 1), AGAIN_MOST_MS));
    try {
      const { outcome, waitMs } = await work();
      this.o.count?.(outcome);
      // Who is to get a letter is found again by the store; what else is asked of members is nowhere else.
      if (waitMs !== undefined) task.later(waitMs);
      else if (outcome === 'later' && readMailTask(task.data)?.kind !== 'letter') again();
      else task.done();
    } catch (error) {
      this.o.count?.('failed');
      // A view is behind for a moment whenever a member has just said something.
      const level = error instanceof ViewBehind ? 'info' : 'warn';
      this.o.log[level]({ err: error, seq: task.seq }, 'a task of the mail could not be worked off; it is tried again');
      again();
    }
  }
}

interface Job {
  task: Task;
  /** `waitMs`: the task is to be taken up again after this time, milliseconds. */
  work: () => Promise<{ outcome: LetterOutcome | QuestionOutcome; waitMs?: number }>;
}
