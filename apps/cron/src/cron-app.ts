import { connectBus, ensureStreams, openWorkQueue, streamInfo } from '@groundswell/bus';
import { NOTIFY, SOCIAL, subjects } from '@groundswell/contracts';
import { nestLogger, ProblemFilter, type Clock, type Log, type Stoppable } from '@groundswell/runtime';
import { connectStore, readRelationships } from '@groundswell/store';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from './app.module.js';
import { openCheckLoop } from './check/check-loop.js';
import type { Settings } from './config.js';
import type { HealthView } from './health/health-view.js';
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

export interface CronApp extends Stoppable {
  port: number;
}

export interface CronOptions {
  settings: Settings;
  log: Log;
  clock: Clock;
  /** What reaches out of the process; by default NATS and Redis. */
  ports?: typeof connectedPorts;
}

/** Starts a process of the notifier; any number of them share the work. Resolves when it listens and works. */
export async function startCron({
  settings,
  log,
  clock,
  ports: portsOf = connectedPorts,
}: CronOptions): Promise<CronApp> {
  const { cron: config, providers: providersConfig } = settings;
  const { node, replicas } = config;
  const source = `/cron/${node}`;
  const bus = await connectBus({ servers: config.natsUrl.split(','), name: `cron-${node}`, log });
  await ensureStreams(bus, [NOTIFY, SOCIAL], { replicas });
  const store = await connectStore({ url: config.redisUrl, log });
  const ports = portsOf(bus, store);
  const { publisher } = ports;

  const budget = new RedisBudget({ store, clock, allowances: ALLOWANCES });
  const pausedMs = (provider: string): Promise<number> => budget.wait({ provider });
  const statuses = new StatusView({
    read: (asked) => readRelationships(store, asked),
    end: new Recent({ ask: () => streamInfo(bus, SOCIAL.name), clock, keptMs: END_KEPT_MS }),
  });
  const providers = createProviders({ config: providersConfig, clock, budget, statuses });
  const bury = undertaker({ publisher, clock, log, source });
  const planner = new Planner({ lease: ports.lease, publisher, clock, source });
  const ticks = await openWorkQueue({
    bus,
    stream: NOTIFY,
    subject: subjects.notify('tick'),
    name: 'ticks',
    ackWaitMs: config.ackWaitMs,
    replicas,
  });
  const plans = new WorkLoop({
    queue: ticks,
    most: 1,
    work: planWork({ planner, pausedMs, log }),
    busyEveryMs: config.ackWaitMs / 3,
    bury,
    log,
  });
  const parts = { bus, store, ports, config, clock, log, pausedMs, bury };
  const checks = await Promise.all([...providers.all.values()].map((provider) => openCheckLoop(provider, parts)));
  const clockwork = new Clockwork({
    planner,
    providers: [...providers.all.keys()],
    slotMs: config.slotMs,
    everyMs: config.lookEveryMs,
    clock,
    log,
  });

  let stopping: Promise<void> | undefined;
  const health = async (): Promise<HealthView> => ({
    ready: bus.up && store.up && !stopping,
    node,
    bus: { up: bus.up },
    store: { up: store.up },
    providers: await Promise.all(
      checks.map(async ({ name, tally }) => ({
        name,
        pausedMs: await pausedMs(name).catch(() => null),
        ...tally.total,
      })),
    ),
  });
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.with({ health }),
    new FastifyAdapter({ forceCloseConnections: true }),
    { logger: nestLogger(log) },
  );
  app.useGlobalFilters(new ProblemFilter(log));
  await app.listen(config.port, config.host);
  const { port } = app.getHttpServer().address() as { port: number };

  clockwork.start();
  plans.start();
  for (const { loop } of checks) loop.start();

  const stop = async (): Promise<void> => {
    clockwork.stop();
    await Promise.all([plans.stop(), ...checks.map(({ loop }) => loop.stop())]);
    // What the last clumps have ended must reach the server before the connection is closed.
    await Promise.all([ticks, ...checks.map(({ queue }) => queue)].map((queue) => queue.settled())).catch(
      (error: unknown) => log.warn({ err: error }, 'what was ended last may be handed out again'),
    );
    await providers.stop();
    await app.close();
    await Promise.all([bus.close(), store.close()]);
  };
  return { port, stop: () => (stopping ??= stop()) };
}
