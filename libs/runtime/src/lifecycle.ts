import type { Log } from './log.js';

export interface Stoppable {
  /** Stops accepting, drains, closes. Safe to call twice. */
  stop(): Promise<void>;
}

/**
 * Ends the process in order on SIGINT or SIGTERM: `stop`, then exit code 0. A stop that takes longer than the budget,
 * or fails, ends with exit code 1. A second signal is ignored: the first is already at work.
 */
export function stopOnSignals(app: Stoppable, { log, budgetMs }: { log: Log; budgetMs: number }): void {
  let stopping = false;
  const stop = (signal: NodeJS.Signals): void => {
    if (stopping) return;
    stopping = true;
    log.info({ signal }, 'stopping');
    const late = setTimeout(() => {
      log.error({ budgetMs }, 'stopping took too long');
      process.exit(1);
    }, budgetMs);
    app.stop().then(
      () => {
        clearTimeout(late);
        log.info('stopped');
        process.exit(0);
      },
      (error: unknown) => {
        log.error({ err: error }, 'stopping failed');
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}
