import {
  connectBus,
  countMessages,
  ensureBuckets,
  ensureStreams,
  openBucket,
  openWorkQueue,
  streamInfo,
} from '@groundswell/bus';
import {
  KEYS_BUCKET,
  LETTERS_BUCKET,
  MAILED_BUCKET,
  NOTIFY,
  ORDERS_BUCKET,
  SOCIAL,
  subjects,
} from '@groundswell/contracts';
import {
  createMetrics,
  nestLogger,
  ProblemFilter,
  TokenVerifier,
  type Clock,
  type Log,
  type Stoppable,
} from '@groundswell/runtime';
import { connectStore, overdue, readRelationships, releaseRun } from '@groundswell/store';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from './app.module.js';
import { answerQuestions } from './accounts/answer-questions.js';
import { Recognition } from './accounts/recognition.js';
import { openCheckLoop } from './check/check-loop.js';
import type { Settings } from './config.js';
import type { HealthView } from './health/health-view.js';
import { Traffic } from './health/traffic.js';
import { LETTERS } from './mail/letter-planner.js';
import { openMailLoop, type MailLoopParts } from './mail/mail-loop.js';
import { NotifierMetrics } from './metrics/metrics.js';
import { DeadTasks } from './operate/dead-tasks.js';
import { Orders } from './operate/orders.js';
import { nameless } from './nameless.js';
import { connectedPorts } from './ports.js';
import { RedisBudget } from './providers/budget/redis-budget.js';
import { StatusView } from './providers/own/status-view.js';
import { ALLOWANCES, createProviders } from './providers/providers.js';
import { Recent } from './providers/recent.js';
import { undertaker } from './queue/undertaker.js';
import { WorkLoop } from './queue/work-loop.js';
import { Clockwork } from './schedule/clockwork.js';
import { planWork } from './schedule/plan-work.js';
import { Planner } from './schedule/planner.js';

/** Statuses are read as of this long ago at most, milliseconds. */
const END_KEPT_MS = 1_000;

/** A pause that an operator has ordered lasts until it is taken back; it is looked at again in between. */
const ORDERED_MS = 24 * 3_600_000;

/** Questions about accounts that wait for other networks; whoever asks more is to come again. */
const RECOGNISED_AT_ONCE = 16;

const BUCKETS = [KEYS_BUCKET, LETTERS_BUCKET, MAILED_BUCKET, ORDERS_BUCKET];

export interface CronApp extends Stoppable {
  port: number;
}

export interface CronOptions {
  settings: Settings;
  log: Log;
  clock: Clock;
  /** What reaches out of the process; by default NATS, Redis and SMTP. */
  ports?: typeof connectedPorts;
  mailPorts?: NonNullable<MailLoopParts['ports']>;
}

/** Starts a process of the notifier; any number of them share the work. Resolves when it listens and works. */
export async function startCron({
  settings,
  log,
  clock,
  ports: portsOf = connectedPorts,
  mailPorts,
}: CronOptions): Promise<CronApp> {
  const { cron: config, providers: providersConfig, mail: mailConfig } = settings;
  const { node, replicas } = config;
  const source = `/cron/${node}`;
  const bus = await connectBus({ servers: config.natsUrl.split(','), name: `cron-${node}`, log });
  await ensureStreams(bus, [NOTIFY, SOCIAL], { replicas });
  await ensureBuckets(bus, BUCKETS, { replicas });
  const store = await connectStore({ url: config.redisUrl, log });
  const traffic = new Traffic();
  const connected = portsOf(bus, store);
  const ports = { ...connected, publisher: traffic.publisher(connected.publisher) };
  const { publisher } = ports;

  const orders = new Orders({ bucket: openBucket(bus, ORDERS_BUCKET), log });
  await orders.start();
  const budget = new RedisBudget({ store, clock, allowances: ALLOWANCES });
  /** Letters can be paused like a provider. */
  const pausedMs = async (provider: string): Promise<number> =>
    orders.isPaused(provider) ? ORDERED_MS : provider === LETTERS ? 0 : budget.wait({ provider });
  const statuses = new StatusView({
    read: (asked) => readRelationships(store, asked),
    end: new Recent({ ask: () => streamInfo(bus, SOCIAL.name), clock, keptMs: END_KEPT_MS }),
  });
  const providers = createProviders({
    config: providersConfig,
    clock,
    budget,
    statuses,
    refused: async ({ provider, watcher: member, grant: of, reason: why }) => {
      const reason = why === 'no_credential' ? 'refused' : why;
      log.info({ provider, watcher: nameless(member), reason }, 'an account has to be connected again');
      await ports.lose({ provider, member, reason, of }, { at: clock.now(), source });
    },
  });
  const names = [...providers.all.keys()];
  const registry = createMetrics({ app: 'cron', node });
  const metrics = new NotifierMetrics({
    registry,
    providers: names,
    due: (provider) => overdue(store, { check: provider }, clock.now()),
    letters: () => overdue(store, 'letter', clock.now()),
    dead: () => countMessages(bus, NOTIFY.name, subjects.notify('dead')),
    pausedMs,
    requests: (provider) => providers.all.get(provider)!.calls,
    now: () => clock.now(),
  });
  const bury = undertaker({ publisher, clock, log, source, count: () => metrics.taskBuried() });
  const mail =
    mailConfig &&
    (await openMailLoop({
      mail: mailConfig,
      config,
      bus,
      store,
      publisher,
      orders,
      clock,
      log,
      source,
      metrics,
      bury,
      pausedMs,
      ...(mailPorts ? { ports: mailPorts } : {}),
    }));
  const planner = new Planner({ lease: ports.lease, publisher, clock, source });
  const ticks = traffic.queue(
    await openWorkQueue({
      bus,
      stream: NOTIFY,
      subject: subjects.notify('tick'),
      name: 'ticks',
      ackWaitMs: config.ackWaitMs,
      replicas,
    }),
  );
  const plans = new WorkLoop({
    queue: ticks,
    most: 1,
    work: planWork({
      // Where no letters go out from, somebody else plans them.
      plan: ({ provider }, signal) =>
        provider === LETTERS ? (mail?.mail.plan(signal) ?? Promise.resolve(0)) : planner.plan({ provider }, signal),
      planned: (provider, tasks) => metrics.planFor(provider, tasks),
      pausedMs,
      log,
    }),
    busyEveryMs: config.ackWaitMs / 3,
    bury,
    log,
  });
  const parts = { bus, store, ports, config, source, clock, log, pausedMs, orders, metrics, traffic, bury };
  const checks = await Promise.all([...providers.all.values()].map((provider) => openCheckLoop(provider, parts)));
  const clockwork = new Clockwork({
    planner,
    providers: mail ? [...names, LETTERS] : names,
    slotMs: config.slotMs,
    everyMs: config.lookEveryMs,
    clock,
    log,
  });

  let stopping: Promise<void> | undefined;
  const health = async (): Promise<HealthView> => {
    const [asked, ...states] = await Promise.all([
      // A connection that has just broken may not be known to be.
      store.health(),
      ...checks.map(async ({ name, tally }) => ({
        name,
        calls: providers.all.get(name)!.calls,
        pausedMs: await pausedMs(name).catch(() => null),
        ...tally.total,
      })),
    ]);
    return {
      ready: bus.up && asked.up && !stopping,
      node,
      bus: { up: bus.up, ...traffic.usage },
      store: { up: asked.up, ...store.usage },
      mail: mail !== undefined,
      providers: states,
    };
  };
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.with({
      health,
      verifier: new TokenVerifier({ publicKey: config.publicKey, clock }),
      registry,
      orders,
      dead: new DeadTasks({ bus, publisher, clock, source }),
      release: (run) => releaseRun(store, run),
      providers: [...names, LETTERS],
      clock,
    }),
    new FastifyAdapter({ forceCloseConnections: true }),
    { logger: nestLogger(log) },
  );
  app.useGlobalFilters(new ProblemFilter(log));
  await app.listen(config.port, config.host);
  const { port } = app.getHttpServer().address() as { port: number };

  const recognition = new Recognition({
    providers: providers.all,
    credentials: ports.credentials,
    pausedMs,
    most: RECOGNISED_AT_ONCE,
    log,
  });
  const questions = answerQuestions(bus, recognition);

  const works = [...checks, ...(mail ? [mail] : [])];
  clockwork.start();
  plans.start();
  for (const { loop } of works) loop.start();

  const stop = async (): Promise<void> => {
    clockwork.stop();
    questions.stop();
    recognition.stop();
    await Promise.all([plans.stop(), ...works.map(({ loop }) => loop.stop())]);
    // What the last clumps have ended must reach the server before the connection is closed.
    await Promise.all([ticks, ...works.map(({ queue }) => queue)].map((queue) => queue.settled())).catch(
      (error: unknown) => log.warn({ err: error }, 'what was ended last may be handed out again'),
    );
    await Promise.all([providers.stop(), mail?.mail.stop(), orders.stop()]);
    await app.close();
    await Promise.all([bus.close(), store.close()]);
  };
  return { port, stop: () => (stopping ??= stop()) };
}
