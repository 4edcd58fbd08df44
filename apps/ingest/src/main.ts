import 'reflect-metadata';
import { ConfigInvalid, createLog, stopOnSignals } from '@groundswell/runtime';
import { ingestConfig } from './config.js';
import { startIngest } from './ingest-app.js';
import { projectorThread } from './project/projector-thread.js';

/** Time for an orderly stop: requests in hand are answered first. */
const STOP_MS = 4_000;

try {
  const config = ingestConfig(process.env);
  const log = createLog('ingest', config.logLevel);
  const { natsUrl, redisUrl, node, settleMs, logLevel } = config;
  const settings = { natsUrl, redisUrl, node, settleMs, logLevel };
  const app = await startIngest({ config, log, project: () => projectorThread(settings, log) });
  stopOnSignals(app, { log, budgetMs: STOP_MS });
  log.info({ port: app.port, node: config.node }, 'listening');
} catch (error) {
  console.error(error instanceof ConfigInvalid ? error.message : error);
  process.exit(1);
}
