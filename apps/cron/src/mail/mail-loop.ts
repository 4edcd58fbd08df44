import { openWorkQueue, type Bus, type Publisher, type Task, type WorkQueue } from '@groundswell/bus';
import { NOTIFY, subjects } from '@groundswell/contracts';
import type { Clock, Log } from '@groundswell/runtime';
import type { Store } from '@groundswell/store';
import type { CronConfig } from '../config.js';
import type { NotifierMetrics } from '../metrics/metrics.js';
import type { Orders } from '../operate/orders.js';
import { WorkLoop } from '../queue/work-loop.js';
import { LETTERS } from './letter-planner.js';
import type { MailConfig } from './mail-config.js';
import { openMail, type Mail, type MailOptions } from './mail.js';

export interface MailLoopParts {
  mail: MailConfig;
  config: Readonly<CronConfig>;
  bus: Bus;
  store: Store;
  publisher: Publisher;
  clock: Clock;
  log: Log;
  source: string;
  metrics: NotifierMetrics;
  orders: Pick<Orders, 'isFrozen'>;
  bury: (task: Task) => Promise<void>;
  pausedMs: (provider: string) => Promise<number>;
  ports?: NonNullable<MailOptions['ports']>;
}

/** The letters of a process. */
export interface MailLoop {
  mail: Mail;
  queue: WorkQueue;
  loop: WorkLoop;
}

/** Letters of a clump: a mail server takes its time for each. */
const CLUMP = 20;

/** Opens the queue of the mail and prepares what works it off. */
export async function openMailLoop(parts: MailLoopParts): Promise<MailLoop> {
  const {
    mail: settings,
    config,
    bus,
    store,
    publisher,
    clock,
    log,
    source,
    metrics,
    bury,
    pausedMs,
    orders,
    ports,
  } = parts;
  const queue = await openWorkQueue({
    bus,
    stream: NOTIFY,
    subject: subjects.notify('mail'),
    name: 'mail',
    ackWaitMs: config.ackWaitMs,
    replicas: config.replicas,
  });
  const mail = await openMail({
    bus,
    store,
    publisher,
    config: settings,
    clock,
    log,
    source,
    isFrozen: (provider, subject) => orders.isFrozen(provider, subject),
    count: (outcome) => metrics.letter(outcome),
    ...(ports ? { ports } : {}),
  });
  const busyEveryMs = config.ackWaitMs / 3;
  const loop = new WorkLoop({
    queue,
    most: CLUMP,
    work: (tasks, signal) => mail.work(tasks, signal),
    busyEveryMs,
    pausedMs: () => pausedMs(LETTERS),
    bury,
    log,
  });
  return { mail, queue, loop };
}
