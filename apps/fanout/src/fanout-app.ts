import {
  connectBus,
  ensureBuckets,
  ensureStreams,
  openLeverBoard,
  publisher as publisherOf,
  streamInfo,
} from '@groundswell/bus';
import { EVENTS, EVENTS_BUCKET, LEASES_BUCKET, LEVERS_BUCKET, SOCIAL, type EventRecord } from '@groundswell/contracts';
import { nestLogger, ProblemFilter, systemClock, TokenVerifier, type Log, type Stoppable } from '@groundswell/runtime';
import { connectStore, readGraph } from '@groundswell/store';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from './app.module.js';
import type { FanoutConfig } from './config.js';
import { GraphSource } from './graph/graph-source.js';
import { drain } from './hub/drain.js';
import { HouseKeeping, ROUND_S } from './hub/house-keeping.js';
import { Pollers } from './hub/pollers.js';
import { watchEvents } from './intake/events.js';
import { OnAir } from './intake/on-air.js';
import { readSocialLog } from './intake/read-social.js';
import { Rooms } from './intake/rooms.js';
import { PastSource } from './past/past-source.js';
import { readPast } from './past/read-past.js';
import type { HealthView } from './pages/health.controller.js';
import { Admission } from './upgrade/admission.js';
import { SocketAdapter } from './upgrade/socket-adapter.js';
import { Sockets } from './upgrade/sockets.js';

export interface FanoutApp extends Stoppable {
  port: number;
  /** Rejects when the SOCIAL log was replaced under the node: it must be started anew. */
  done: Promise<void>;
}

/** Starts a fan-out node: the logs in, frames out. Resolves when it listens; `/ready` tells when it has caught up. */
export async function startFanout(config: Readonly<FanoutConfig>, log: Log): Promise<FanoutApp> {
  const clock = systemClock;
  const { node } = config;
  const bus = await connectBus({ servers: config.natsUrl.split(','), name: `fanout-${node}`, log: log });
  await ensureStreams(bus, [EVENTS, SOCIAL], { replicas: config.replicas });
  await ensureBuckets(bus, [EVENTS_BUCKET, LEASES_BUCKET, LEVERS_BUCKET], { replicas: config.replicas });
  const store = await connectStore({ url: config.redisUrl, log });

  const rooms = new Rooms();
  const sockets = new Sockets(clock, ROUND_S);
  const levers = await openLeverBoard({ bus, clock, log, ...(config.leversFile ? { file: config.leversFile } : {}) });
  const events = new Map<string, EventRecord>();
  let onAir: OnAir | undefined;
  const watching = await watchEvents(bus, (record) => {
    events.set(record.id, record);
    onAir?.open(record);
  });
  const { intake: social, consumption } = await readSocialLog(bus, [...events.keys()]);
  const { created } = await streamInfo(bus, SOCIAL.name);
  const graphs = new GraphSource({
    read: (member) => readGraph(store, member),
    social,
    created: () => created,
    clock,
    log,
  });
  const past = new PastSource({ read: (event, authors) => readPast(store, event, authors), clock, log });
  const pollers = new Pollers({ graphs, clock });
  onAir = new OnAir({
    bus,
    publisher: publisherOf(bus),
    rooms,
    social,
    past,
    node,
    clock,
    log,
    levers,
    caches: config.purge.split(',').filter(Boolean),
    evict: (room) => {
      sockets.evict(room);
      pollers.evict(room);
    },
  });
  for (const record of events.values()) onAir.open(record);

  const air = onAir;
  let stopping: Promise<void> | undefined;
  const health = (): HealthView => ({
    ready: bus.up && !stopping && air.opening === 0 && !air.isBehind && consumption.caughtUp,
    node,
    sockets: sockets.size,
    pollers: pollers.size,
    bus: { up: bus.up },
    store: { up: store.up },
    events: [...rooms].map(({ event, frames, examined, everyone }) => ({
      event,
      n: frames.head.n,
      position: examined,
      viewers: everyone.size,
    })),
    opening: air.opening,
  });

  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.with({
      rooms,
      sockets,
      graphs,
      pollers,
      verifier: new TokenVerifier({ publicKey: config.publicKey, clock }),
      clock,
      log,
      node,
      health,
      opening: (event) => air.isOpening(event),
    }),
    new FastifyAdapter({ routerOptions: { caseSensitive: true } }),
    { logger: nestLogger(log), forceCloseConnections: true },
  );
  const admission = new Admission({
    clock,
    maxSockets: () => Math.min(config.maxSockets, levers.of().levers['socket.max_per_node']),
    handshakesPerS: () => levers.of().levers['socket.handshakes_per_s'],
    origins: config.origins.split(',').filter(Boolean),
    sockets: () => sockets.size,
    ready: () => bus.up && !stopping,
  });
  app.useWebSocketAdapter(new SocketAdapter(app.getHttpServer(), admission));
  app.useGlobalFilters(new ProblemFilter(log));
  await app.listen(config.port, config.host);
  const houseKeeping = new HouseKeeping({ clock, log, slice: (index) => sockets.slice(index) });
  houseKeeping.start();
  pollers.start();
  const { port } = app.getHttpServer().address() as { port: number };

  const stop = async (): Promise<void> => {
    houseKeeping.stop();
    pollers.stop();
    for (const { streams } of rooms) streams.stop();
    await drain({ sockets, budgetMs: config.drainMs });
    await app.close();
    await air.stop();
    await watching.stop();
    await levers.stop();
    await consumption.stop();
    await Promise.all([bus.close(), store.close()]);
  };
  return { port, done: consumption.done, stop: () => (stopping ??= stop()) };
}
