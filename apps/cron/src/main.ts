import 'reflect-metadata';
import {
  ClockUnreachable,
  ConfigInvalid,
  createLog,
  driveClock,
  stopOnSignals,
  systemClock,
} from '@groundswell/runtime';
import { cronSettings } from './config.js';
import { startCron } from './cron-app.js';

/** Time for an orderly stop: clumps in hand are ended first. */
const STOP_MS = 5_000;

try {
  const settings = cronSettings(process.env);
  const { logLevel, node, clockUrl } = settings.cron;
  const log = createLog('cron', logLevel);
  const clock = clockUrl === undefined ? systemClock : await driveClock(clockUrl);
  if (clockUrl !== undefined) log.warn({ clockUrl }, 'the time is what a test says');
  const app = await startCron({ settings, log, clock });
  stopOnSignals(app, { log, budgetMs: STOP_MS });
  log.info({ port: app.port, node }, 'listening');
} catch (error) {
  const isClear = error instanceof ConfigInvalid || error instanceof ClockUnreachable;
  console.error(isClear ? error.message : error);
  process.exit(1);
}
