/** The thread that projects. It answers `states` with them and ends after `stop`. */
import 'reflect-metadata';
import { connectBus, openLeverBoard } from '@groundswell/bus';
import { createLog, systemClock } from '@groundswell/runtime';
import { connectStore } from '@groundswell/store';
import { parentPort, workerData } from 'node:worker_threads';
import type { Question, ThreadSettings } from './projector-thread.js';
import { startProjectors } from './projectors.js';

const { natsUrl, redisUrl, node, settleMs, logLevel } = workerData as ThreadSettings;
const log = createLog('ingest', logLevel);
const bus = await connectBus({ servers: natsUrl.split(','), name: `ingest-${node}-projectors`, log });
const store = await connectStore({ url: redisUrl, log });
const levers = await openLeverBoard({ bus, clock: systemClock, log });
const countsTickMs = (event: string): number => levers.of(event).levers['counts.tick_ms'];
const projectors = startProjectors({ bus, store, node, settleMs, countsTickMs, log });
const port = parentPort!;

async function stop(): Promise<void> {
  await projectors.stop();
  await levers.stop();
  await Promise.all([bus.close(), store.close()]);
  port.close();
}

port.on('message', (question: Question) => {
  if (question === 'stop') void stop();
  else void projectors.states().then((states) => port.postMessage(states));
});
port.postMessage('running');
