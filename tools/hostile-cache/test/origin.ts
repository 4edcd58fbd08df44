import {
  connectBus,
  ensureBuckets,
  ensureStreams,
  openBucket,
  publisher,
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
  SOCIAL,
  subjects,
  type EventRecord,
  type StatusMessage,
} from '@groundswell/contracts';
import { appCommand, startProcess, type RunningProcess } from '@groundswell/launch';
import type { LeverKey, LeverValue } from '@groundswell/levers';
import { paths, type HeadBody } from '@groundswell/protocol';
import { eventually, tokenMint, type TestServer } from '@groundswell/testing';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { askServer, type Ask } from '../src/index.js';
import { PurgeDesk } from './purge-desk.js';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/** Where a status stands in the log. */
export interface Written {
  id: string;
  seq: number;
  author: string;
}

/** Fan-out as it is built, on a real NATS and Redis, with hands that write its log as ingest does. */
export class Origin {
  readonly #running: RunningProcess[] = [];
  readonly #ports: number[] = [];
  readonly #log: Publisher;
  #written = 0;

  private constructor(
    private readonly redis: TestServer,
    private readonly bus: Bus,
    readonly desk: PurgeDesk,
  ) {
    this.#log = publisher(bus);
  }

  /** One node of it; more can be added. */
  static async start(nats: TestServer, redis: TestServer): Promise<Origin> {
    const bus = await connectBus({ servers: nats.url, name: 'spec' });
    await ensureStreams(bus, [EVENTS, SOCIAL]);
    await ensureBuckets(bus, [EVENTS_BUCKET, LEASES_BUCKET, LEVERS_BUCKET]);
    const origin = new Origin(redis, bus, await PurgeDesk.start());
    await origin.turn('everyone.segment_ms', 250);
    await origin.node(nats.url);
    return origin;
  }

  /** Starts one more node, and gives its number. */
  async node(natsUrl: string): Promise<number> {
    const { command, args } = await appCommand(ROOT, 'fanout');
    if (!existsSync(args.at(-1)!)) throw new Error('This test runs what is built: "npm run build" first.');
    const { publicKey } = await tokenMint();
    const number = this.#ports.length;
    const running = await startProcess({
      command,
      args,
      env: {
        ...process.env,
        PORT: '0',
        NATS_URL: natsUrl,
        REDIS_URL: this.redis.url,
        TOKEN_PUBLIC_KEY: publicKey,
        NODE_ID: `origin-${number}`,
        LOG_LEVEL: 'info',
        PURGE_URLS: this.desk.url,
        DRAIN_MS: '0',
      },
      ready: async () => this.#ports.length > number && (await fetch(`${this.#url(number)}/ready`)).ok,
      onLine: (line) => {
        if (line.includes('"msg":"listening"')) this.#ports.push((JSON.parse(line) as { port: number }).port);
      },
    });
    this.#running.push(running);
    return number;
  }

  /** How a cache asks a node. */
  ask(node = 0): Ask {
    return (path) => askServer(this.#url(node), path);
  }

  /** Puts an event on air, and waits until every node serves it. */
  async event(id: string): Promise<void> {
    const record: EventRecord = { id, title: id, state: 'live', createdAt: 1 };
    await openBucket(this.bus, EVENTS_BUCKET).put(id, new TextEncoder().encode(JSON.stringify(record)));
    for (const node of this.#ports.keys()) await eventually(() => this.head(id, node));
  }

  /** Writes a status to the log. */
  async status(event: string, author: string, text: string): Promise<Written> {
    const id = String(++this.#written).padStart(16, '0');
    const message: StatusMessage = { id, at: Date.now(), author: { id: author, name: author }, text, rev: 1 };
    return { id, author, seq: await this.#write(event, 'status', `${event}-${id}`, message) };
  }

  /** Its author takes a status back. */
  async retract(event: string, { id, seq, author }: Written): Promise<void> {
    await this.#write(event, 'retract', `${event}-retract-${id}`, { id, seq, author, at: Date.now() });
  }

  /** Turns a lever, for one event or for all. */
  async turn(key: LeverKey, value: LeverValue, event?: string): Promise<void> {
    await turnLever(this.bus, { scope: event, key }, { value, who: 'spec', why: 'spec', at: Date.now() });
  }

  /** What a node itself answers now, past any cache. */
  async head(event: string, node = 0): Promise<HeadBody> {
    const { status, body } = await this.ask(node)(paths.head(event, 1000, Math.floor(Date.now() / 1000)));
    if (status !== 200) throw new Error(`There is no head of ${event}: ${status} ${body}`);
    return JSON.parse(body) as HeadBody;
  }

  async stop(): Promise<void> {
    await Promise.all(this.#running.map((node) => node.stop()));
    await Promise.all([this.bus.close(), this.desk.stop()]);
  }

  #url(node: number): string {
    return `http://127.0.0.1:${this.#ports[node]}`;
  }

  async #write(event: string, kind: 'status' | 'retract', id: string, message: object): Promise<number> {
    const subject = subjects.feed(event, 'everyone', kind);
    return (await this.#log.publish(envelope({ subject, id, source: '/spec', at: 0, message }))).seq;
  }
}
