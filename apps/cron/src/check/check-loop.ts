import { openWorkQueue, type Bus, type Task, type WorkQueue } from '@groundswell/bus';
import { NOTIFY, subjects } from '@groundswell/contracts';
import type { Provider, Threshold, Thresholds } from '@groundswell/relations';
import type { Clock, Log } from '@groundswell/runtime';
import { countRun, quarantinedRuns, quarantineRun, type Store } from '@groundswell/store';
import { rulesOf, thresholdsOf, type CronConfig } from '../config.js';
import type { NotifierMetrics } from '../metrics/metrics.js';
import type { Orders } from '../operate/orders.js';
import { ClumpTally } from '../health/tally.js';
import type { Traffic } from '../health/traffic.js';
import type { CronPorts } from '../ports.js';
import { Recent } from '../providers/recent.js';
import { WorkLoop } from '../queue/work-loop.js';
import { CheckWorker } from './check-worker.js';
import { Quarantine } from './quarantine.js';

export interface CheckLoopParts {
  bus: Bus;
  store: Store;
  ports: CronPorts;
  config: Readonly<CronConfig>;
  /** Of messages. */
  source: string;
  clock: Clock;
  log: Log;
  pausedMs: (provider: string) => Promise<number>;
  orders: Pick<Orders, 'isFrozen'>;
  metrics: NotifierMetrics;
  traffic: Traffic;
  bury: (task: Task) => Promise<void>;
}

/** The looks at one provider. */
export interface CheckLoop {
  name: string;
  tally: ClumpTally;
  queue: WorkQueue;
  loop: WorkLoop;
}

/** A pause is noticed so late at most, milliseconds: a flight for each clump would be too many. */
const PAUSE_KEPT_MS = 200;

/** The truth itself is believed, however much has changed. */
const ANYTHING: Threshold = { share: 1, atLeast: Infinity };
const BELIEVED: Thresholds = { watcher: ANYTHING, provider: ANYTHING };

/** Opens the queue of a provider and prepares what works it off. */
export async function openCheckLoop(provider: Provider, parts: CheckLoopParts): Promise<CheckLoop> {
  const { bus, store, ports, config, source, clock, log, pausedMs, orders, metrics, traffic, bury } = parts;
  const { name } = provider;
  const thresholds = provider.polled ? thresholdsOf(config) : BELIEVED;
  const queue = traffic.queue(
    await openWorkQueue({
      bus,
      stream: NOTIFY,
      subject: subjects.notifyCheck(name),
      name: `checks-${name}`,
      ackWaitMs: config.ackWaitMs,
      replicas: config.replicas,
    }),
  );
  const worker = new CheckWorker({
    provider,
    read: (watchers) => ports.read(name, watchers),
    commit: (commits) => ports.commit(name, commits),
    credentials: (watchers) => ports.credentials(name, watchers),
    remind: (watchers) => ports.remind(name, watchers, { at: clock.now(), source }),
    quarantine: new Quarantine({
      provider: name,
      threshold: thresholds.provider,
      // Two looks that confirm a change are of two runs.
      runMs: config.confirmMs,
      count: (run, tally) => countRun(store, run, tally),
      quarantine: (run) => quarantineRun(store, run),
      quarantined: (of) => quarantinedRuns(store, of),
      tripped: () => metrics.tripped(name, 'provider'),
      log,
    }),
    isFrozen: (subject) => orders.isFrozen(name, subject),
    count: {
      answered: (fault) => metrics.answered(name, fault),
      meant: (outcomes) => metrics.meant(name, outcomes),
      tripped: () => metrics.tripped(name, 'watcher'),
    },
    rules: rulesOf(config),
    threshold: thresholds.watcher,
    usualMs: config.usualMs,
    clock,
    log,
  });
  const tally = new ClumpTally();
  const work = async (tasks: readonly Task[], signal: AbortSignal): Promise<number> => {
    const from = clock.monotonic();
    const report = await worker.work(tasks, signal);
    tally.add(report);
    metrics.looksAt(name, report.watchers);
    log.info({ provider: name, ...report, ms: Math.round(clock.monotonic() - from) }, 'looked');
    return 0;
  };
  const paused = new Recent({ ask: () => pausedMs(name), clock, keptMs: PAUSE_KEPT_MS });
  const loop = new WorkLoop({
    queue,
    most: config.clump,
    atOnce: config.clumpsAtOnce,
    work,
    busyEveryMs: config.ackWaitMs / 3,
    pausedMs: () => paused.get(),
    bury,
    log,
  });
  return { name, tally, queue, loop };
}
