import { EVENTS, SOCIAL } from '@groundswell/contracts';
import type { Log } from '@groundswell/runtime';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Projectors, ViewState } from './projectors.js';

/** What the thread needs to connect for itself. */
export interface ThreadSettings {
  natsUrl: string;
  redisUrl: string;
  node: string;
  settleMs: number;
  logLevel: string;
}

export type Question = 'states' | 'stop';

/** A thread that says nothing for this long is reported as being behind. */
const SILENCE_MS = 1_000;

/**
 * Starts the projectors in a thread of their own: a command never waits for the work on views, nor for the collection
 * of its garbage. Resolves when they run; rejects when they could not start. A failure later ends the process.
 */
export async function projectorThread(settings: ThreadSettings, log: Log): Promise<Projectors> {
  const worker = new Worker(new URL('./projector-thread-main.js', import.meta.url), { workerData: settings });
  await once(worker, 'message');

  let stopping = false;
  worker.on('error', (error) => log.fatal({ err: error }, 'the projectors failed'));
  const ended = new Promise<void>((resolve) => {
    worker.on('exit', () => {
      // The log has everything; whoever starts this process again lets the views catch up.
      if (!stopping) process.exit(1);
      resolve();
    });
  });

  const waiting: ((states: ViewState[]) => void)[] = [];
  worker.on('message', (states: ViewState[]) => waiting.shift()?.(states));
  const ask = (question: Question): void => {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread is no window
    worker.postMessage(question);
  };

  return {
    states: () =>
      new Promise((resolve) => {
        const silence = setTimeout(() => resolve(silent()), SILENCE_MS);
        waiting.push((states) => {
          clearTimeout(silence);
          resolve(states);
        });
        ask('states');
      }),
    stop: async () => {
      stopping = true;
      ask('stop');
      await ended;
    },
  };
}

function silent(): ViewState[] {
  return [SOCIAL, EVENTS].map(({ name }) => ({ log: name, caughtUp: false, alarm: 'the projectors do not answer' }));
}
