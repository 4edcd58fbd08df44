import { connectBus, ensureBuckets, ensureStreams, getMessage, publisher } from '@groundswell/bus';
import {
  EVENTS,
  EVENTS_BUCKET,
  KEYS_BUCKET,
  LEASES_BUCKET,
  LEVERS_BUCKET,
  MAILED_BUCKET,
  NOTIFY,
  readFeed,
  SOCIAL,
} from '@groundswell/contracts';
import {
  createMetrics,
  nestLogger,
  ProblemFilter,
  systemClock,
  TokenVerifier,
  type Log,
  type Stoppable,
} from '@groundswell/runtime';
import { answers, connectStore, rateLimiter } from '@groundswell/store';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { EventRegistry } from './accept/event-registry.js';
import { acceptForm, FORMS } from './accept/link-forms.js';
import type { HealthView } from './accept/health.controller.js';
import { NDJSON } from './accept/social-import.controller.js';
import { AppModule } from './app.module.js';
import type { IngestConfig } from './config.js';
import { MemberLimit } from './limit/member-limit.js';
import { Replays } from './limit/replays.js';
import type { ProjectorParts, Projectors } from './project/projectors.js';
import { History } from './read/history.js';
import { MemberLists } from './read/member-lists.js';
import { Profiles } from './read/profiles.js';
import { privateParts } from './private-parts.js';
import { views } from './views.js';
import { Items } from './write/items.js';
import { Pinner } from './write/pinner.js';
import { Liker } from './write/liker.js';
import { LogWriter, logProblem } from './write/log-writer.js';
import { PairWriter } from './write/pair-writer.js';
import { Poster, type StoredPost } from './write/poster.js';
import { ProfileWriter } from './write/profile-writer.js';
import { Retractor } from './write/retractor.js';
import { SocialImport } from './write/social-import.js';

/** Largest body of a command; an import is a stream and has no such bound. */
const BODY_MAX_BYTES = 65_536;

/** Characters of a part of an address: names in other networks are longer than ours, and may come escaped. */
const PARAMETER_MAX = 1_024;

export interface IngestApp extends Stoppable {
  port: number;
}

export interface IngestOptions {
  config: Readonly<IngestConfig>;
  log: Log;
  /** Starts the projectors, in this thread or in another. */
  project: (parts: ProjectorParts) => Promise<Projectors> | Projectors;
}

/** Starts an ingest process: commands in, messages into the log, and the projectors. Resolves when it listens. */
export async function startIngest({ config, log, project }: IngestOptions): Promise<IngestApp> {
  const clock = systemClock;
  const { node } = config;
  const bus = await connectBus({ servers: config.natsUrl.split(','), name: `ingest-${node}`, log });
  await ensureStreams(bus, [EVENTS, SOCIAL, NOTIFY], { replicas: config.replicas });
  const buckets = [EVENTS_BUCKET, KEYS_BUCKET, LEASES_BUCKET, LEVERS_BUCKET, MAILED_BUCKET];
  await ensureBuckets(bus, buckets, { replicas: config.replicas });
  const store = await connectStore({ url: config.redisUrl, log });

  const events = new EventRegistry(bus, clock);
  await events.start();
  const projectors = await project({ bus, store, node, settleMs: config.settleMs, log });

  const publishing = publisher(bus);
  const writer = new LogWriter(publishing, `/ingest/${node}`);
  const view = views(bus, store);
  const items = new Items(view);
  const limit = (keyPrefix: string, points: number, durationS: number) =>
    new MemberLimit(rateLimiter(store, { keyPrefix, points, durationS }));
  const perMinute = (keyPrefix: string, points: number) => limit(keyPrefix, points, 60);
  const stored = async (seq: number): Promise<StoredPost | undefined> => {
    const found = await getMessage(bus, EVENTS.name, { seq }).catch((error: unknown) => {
      throw logProblem(error);
    });
    if (!found) return undefined;
    const record = readFeed(found);
    const isPost = record?.kind === 'status' || record?.kind === 'comment';
    return isPost ? { subject: found.subject, message: record.message } : undefined;
  };
  const health = async (): Promise<HealthView> => ({
    ready: bus.up,
    node,
    bus: { up: bus.up },
    store: { up: store.up },
    views: await projectors.states(),
  });

  const registry = createMetrics({ app: 'ingest', node });
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.with({
      events,
      poster: new Poster({
        events,
        limit: perMinute('post', config.postsPerMin),
        replays: new Replays(answers(store), log),
        items,
        writer,
        stored,
        clock,
      }),
      retractor: new Retractor(events, items, writer, clock),
      items,
      history: new History(view),
      pinner: new Pinner(events, items, writer, clock),
      liker: new Liker({ events, items, limit: perMinute('like', config.likesPerMin), writer, clock }),
      pairs: new PairWriter({
        writer,
        clock,
        limits: {
          friendships: perMinute('friend', config.friendshipsPerMin),
          blocks: perMinute('block', config.blocksPerMin),
        },
        openRequestsMax: config.openRequestsMax,
        waitingRequestsMax: config.waitingRequestsMax,
        graph: view.graph,
      }),
      lists: new MemberLists(view),
      profiles: new Profiles(view),
      profileWriter: new ProfileWriter(writer, perMinute('profile', config.profilesPerMin), clock),
      ...privateParts({ bus, store, publisher: publishing, writer, view, limit, config, registry, clock }),
      registry,
      social: new SocialImport(writer, clock),
      verifier: new TokenVerifier({ publicKey: config.publicKey, clock }),
      health,
    }),
    new FastifyAdapter({
      bodyLimit: BODY_MAX_BYTES,
      forceCloseConnections: 'idle',
      routerOptions: { maxParamLength: PARAMETER_MAX },
    }),
    { logger: nestLogger(log), bodyParser: false },
  );
  // The body of an import is handed on as the stream that it is.
  const fastify = app.getHttpAdapter().getInstance();
  fastify.addContentTypeParser(NDJSON, (_request, payload, done) => done(null, payload));
  fastify.addContentTypeParser(FORMS, { parseAs: 'string' }, acceptForm);
  app.useGlobalFilters(new ProblemFilter(log));
  await app.listen(config.port, config.host);
  const { port } = app.getHttpServer().address() as { port: number };

  let stopping: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    await app.close();
    await projectors.stop();
    await events.stop();
    await Promise.all([bus.close(), store.close()]);
  };
  return { port, stop: () => (stopping ??= stop()) };
}
