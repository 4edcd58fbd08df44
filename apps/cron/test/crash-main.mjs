/**
 * The process of the notifier as tests want it: it is ready before it begins, and dies where it is told to. Each SIGUSR2 lets it
 * go on: first it begins, with the settings that stand in the file `ORDERS` by then; with the next it stops, and waits again.
 *
 * Orders: `CRASH_AT=<step>[:<count>]` is the count-th time of a step (default the first). `HOLD_AT=commit` holds all commits
 * until SIGUSR2, `HOLD_AT=check` all last checks of letters. `CREDENTIALS_FILE` is read anew for each clump.
 */
import 'reflect-metadata';
import { createLog, driveClock, stopOnSignals } from '@groundswell/runtime';
import { readFile } from 'node:fs/promises';
import { cronSettings } from '../dist/config.js';
import { startCron } from '../dist/cron-app.js';
import { connectedPorts } from '../dist/ports.js';
import { crashMail } from './crash-mail.mjs';

const json = async (file) => JSON.parse(await readFile(file, 'utf8'));

const wakes = [];
process.on('SIGUSR2', () => wakes.pop()?.());

async function signalled(line) {
  // A process that waits for a signal alone ends.
  const alive = setInterval(() => undefined, 1_000);
  await new Promise((resolve) => {
    wakes.push(resolve);
    console.log(line);
  });
  clearInterval(alive);
}

/** What a process has done when a message of a kind is stored. */
const PUBLISHED = { tick: 'ticked', check: 'enqueued', mail: 'letter-enqueued' };

function portsOf({ CRASH_AT = '', HOLD_AT, CREDENTIALS_FILE }) {
  const [step, count = '1'] = CRASH_AT.split(':');
  let left = Number(count);
  let held;
  const hold = (at) => (at === HOLD_AT ? (held ??= signalled('held')) : undefined);
  /** Nothing of this process happens after the step. */
  const reach = (reached) => {
    if (reached === step && --left === 0) process.kill(process.pid, 'SIGKILL');
  };
  const ports = (bus, store) => {
    const { publisher, read, commit, credentials, ...rest } = connectedPorts(bus, store);
    return {
      ...rest,
      publisher: {
        publish: async (envelope, options) => {
          const kind = envelope.subject.split('.')[3];
          if (kind === 'check') reach('enqueuing');
          const published = await publisher.publish(envelope, options);
          reach(PUBLISHED[kind]);
          return published;
        },
      },
      read: (provider, watchers) => {
        reach('delivered');
        return read(provider, watchers);
      },
      credentials: async (provider, watchers) => {
        if (CREDENTIALS_FILE === undefined) return credentials(provider, watchers);
        const all = await json(CREDENTIALS_FILE);
        return new Map(watchers.flatMap((watcher) => (all[watcher] ? [[watcher, all[watcher]]] : [])));
      },
      commit: async (provider, commits) => {
        reach('observed');
        await hold('commit');
        const written = await commit(provider, commits);
        reach('committed');
        return written;
      },
    };
  };
  return { ports, mailPorts: crashMail({ reach, hold }) };
}

let app;
const log = createLog('cron');
stopOnSignals({ stop: async () => app?.stop() }, { log, budgetMs: 5_000 });
for (;;) {
  await signalled('waiting');
  const orders = { ...process.env, ...(await json(process.env['ORDERS'])) };
  const settings = cronSettings(orders);
  const clock = await driveClock(settings.cron.clockUrl);
  app = await startCron({ settings, log, clock, ...portsOf(orders) });
  await signalled('working');
  await app.stop();
  clock.stop();
}
