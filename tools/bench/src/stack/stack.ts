import {
  connectBus,
  ensureBuckets,
  ensureStreams,
  openBucket,
  publisher,
  streamInfo,
  turnLever,
  type Bus,
  type Publisher,
} from '@groundswell/bus';
import {
  envelope,
  EVENTS,
  EVENTS_BUCKET,
  LEASES_BUCKET,
  LEVERS_BUCKET,
  NOTIFY,
  SOCIAL,
  subjects,
  type EventRecord,
  type StatusMessage,
} from '@groundswell/contracts';
import { startNats, startRedis } from '@groundswell/launch';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Launcher, Started } from './launcher.js';
import { Tokens } from './tokens.js';

/** The event that everybody watches. */
export const EVENT = 'bench';

/** NATS and Redis of a run, in a folder that is thrown away. */
export class Stack {
  readonly tokens = new Tokens();

  private constructor(
    private readonly launcher: Launcher,
    private readonly dir: string,
    readonly natsUrl: string,
    readonly redisUrl: string,
    readonly bus: Bus,
    private readonly log: Publisher,
  ) {}

  static async start(launcher: Launcher): Promise<Stack> {
    const dir = await mkdtemp(join(tmpdir(), 'groundswell-bench-'));
    try {
      const { signal } = launcher;
      const nats = launcher.keep(await startNats({ dir: join(dir, 'nats'), signal }));
      const redis = launcher.keep(await startRedis({ dir: join(dir, 'redis'), signal }));
      const bus = await connectBus({ servers: nats.url, name: 'bench' });
      await ensureStreams(bus, [EVENTS, SOCIAL, NOTIFY]);
      await ensureBuckets(bus, [EVENTS_BUCKET, LEASES_BUCKET, LEVERS_BUCKET]);
      const record: EventRecord = { id: EVENT, title: 'Benchmark', state: 'live', createdAt: Date.now() };
      const stack = new Stack(launcher, dir, nats.url, redis.url, bus, publisher(bus));
      await stack.putEvent(record);
      return stack;
    } catch (error) {
      await rm(dir, { recursive: true, force: true });
      throw error;
    }
  }

  app(name: 'ingest' | 'fanout' | 'cron', env: Record<string, string> = {}): Promise<Started> {
    return this.launcher.app(name, {
      PORT: '0',
      NATS_URL: this.natsUrl,
      REDIS_URL: this.redisUrl,
      TOKEN_PUBLIC_KEY: this.tokens.publicKey,
      NODE_ID: `${name}-bench`,
      LOG_LEVEL: 'info',
      DRAIN_MS: '0',
      ...env,
    });
  }

  /** Turns a lever, for apps that are started after it. */
  async turn(key: Parameters<typeof turnLever>[1]['key'], value: number): Promise<void> {
    await turnLever(this.bus, { scope: undefined, key }, { value, who: 'bench', why: 'bench', at: Date.now() });
  }

  /** Writes a status to the log, as ingest does; resolves when it is durable. */
  async publish(status: StatusMessage): Promise<void> {
    await this.write(subjects.feed(EVENT, 'everyone', 'status'), status.id, status);
  }

  /** Writes any message with a time to the log; resolves with its position when it is durable. */
  async write(subject: string, id: string, message: { at: number }): Promise<number> {
    return (await this.log.publish(envelope({ subject, id, source: '/bench', at: message.at, message }))).seq;
  }

  /** Puts an event on air. */
  async putEvent(record: EventRecord): Promise<void> {
    await openBucket(this.bus, EVENTS_BUCKET).create(record.id, Buffer.from(JSON.stringify(record)));
  }

  /** Takes an event off the air, for apps that are started after it. */
  async endEvent(id: string): Promise<void> {
    await openBucket(this.bus, EVENTS_BUCKET).delete(id);
  }

  /** The log of events. */
  events(): ReturnType<typeof streamInfo> {
    return streamInfo(this.bus, EVENTS.name);
  }

  /** The log of what members say of one another. */
  social(): ReturnType<typeof streamInfo> {
    return streamInfo(this.bus, SOCIAL.name);
  }

  /** Adds a message to it; resolves to its position. */
  saySomething(): Promise<number> {
    const message = { edges: [['a', 'b']], on: false, at: Date.now() };
    return this.write(subjects.social('mute'), randomUUID(), message);
  }

  /** A Redis beside that of the run, empty; resolves to its address. */
  async anotherRedis(): Promise<string> {
    const { launcher, dir } = this;
    return launcher.keep(await startRedis({ dir: join(dir, randomUUID()), signal: launcher.signal })).url;
  }

  /** Makes each pair friends. */
  async befriend(edges: readonly [string, string][]): Promise<void> {
    const at = Date.now();
    const size = 500;
    for (let i = 0; i < edges.length; i += size) {
      const message = { edges: edges.slice(i, i + size), on: true, mutual: true, at };
      await this.log.publish(
        envelope({ subject: subjects.social('friendship'), id: `graph-${i}`, source: '/bench', at, message }),
      );
    }
  }

  /** Last position of the log of events. */
  async end(): Promise<number> {
    return (await this.events()).lastSeq;
  }

  async close(): Promise<void> {
    await this.bus.close();
  }

  /** Once the servers have ended. */
  async remove(): Promise<void> {
    await rm(this.dir, { recursive: true, force: true });
  }
}
