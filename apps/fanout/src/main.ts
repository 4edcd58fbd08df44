import 'reflect-metadata';
import { ConfigInvalid, createLog, stopOnSignals } from '@groundswell/runtime';
import { fanoutConfig } from './config.js';
import { startFanout } from './fanout-app.js';

/** Time for an orderly stop beyond the drain itself. */
const STOP_MARGIN_MS = 2_500;

try {
  const config = fanoutConfig(process.env);
  const log = createLog('fanout', config.logLevel);
  const app = await startFanout(config, log);
  stopOnSignals(app, { log, budgetMs: config.drainMs + STOP_MARGIN_MS });
  app.done.catch((error: unknown) => {
    log.fatal({ err: error }, 'the SOCIAL log was replaced: start again');
    process.exit(1);
  });
  log.info({ port: app.port, node: config.node }, 'listening');
} catch (error) {
  console.error(error instanceof ConfigInvalid ? error.message : error);
  process.exit(1);
}
