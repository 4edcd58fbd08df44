import { connectBus, ensureBuckets, ensureStreams, openBucket, publisher, type Bus } from '@groundswell/bus';
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
import type { HeadBody } from '@groundswell/protocol';
import { tokenMint, type TestServer } from '@groundswell/testing';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
export const EVENT = 'final';

/** The fan-out application as it is built, with one event on air. */
export class Fanout {
  private written = 0;

  private constructor(
    private readonly running: RunningProcess,
    private readonly bus: Bus,
    readonly port: number,
  ) {}

  /** `purge`: the cache that is told of takedowns. */
  static async start(nats: TestServer, redis: TestServer, purge: string): Promise<Fanout> {
    const { command, args } = await appCommand(ROOT, 'fanout');
    if (!existsSync(args.at(-1)!)) throw new Error('This test runs what is built: "npm run build" first.');
    const bus = await connectBus({ servers: nats.url, name: 'spec' });
    await ensureStreams(bus, [EVENTS, SOCIAL]);
    await ensureBuckets(bus, [EVENTS_BUCKET, LEASES_BUCKET, LEVERS_BUCKET]);
    const record: EventRecord = { id: EVENT, title: EVENT, state: 'live', createdAt: 1 };
    await openBucket(bus, EVENTS_BUCKET).put(EVENT, new TextEncoder().encode(JSON.stringify(record)));
    const { publicKey } = await tokenMint();
    let port = 0;
    const running = await startProcess({
      command,
      args,
      env: {
        ...process.env,
        PORT: '0',
        NATS_URL: nats.url,
        REDIS_URL: redis.url,
        TOKEN_PUBLIC_KEY: publicKey,
        NODE_ID: 'edge-spec',
        LOG_LEVEL: 'info',
        DRAIN_MS: '0',
        PURGE_URLS: purge,
      },
      ready: async () => port > 0 && (await fetch(`http://127.0.0.1:${port}/ready`)).ok,
      onLine: (line) => {
        if (line.includes('"msg":"listening"')) ({ port } = JSON.parse(line) as { port: number });
      },
    });
    return new Fanout(running, bus, port);
  }

  /** Writes a status to the log, as ingest does. */
  async status(text: string): Promise<{ id: string; seq: number }> {
    const id = String(++this.written).padStart(16, '0');
    const message: StatusMessage = { id, at: Date.now(), author: { id: 'ada', name: 'Ada' }, text, rev: 1 };
    const subject = subjects.feed(EVENT, 'everyone', 'status');
    const { seq } = await publisher(this.bus).publish(envelope({ subject, id, source: '/spec', at: 0, message }));
    return { id, seq };
  }

  /** Takes a status back, as ingest does. */
  async retract({ id, seq }: { id: string; seq: number }): Promise<void> {
    const message = { id, seq, author: 'ada', at: Date.now() };
    const subject = subjects.feed(EVENT, 'everyone', 'retract');
    await publisher(this.bus).publish(envelope({ subject, id: `retract-${id}`, source: '/spec', at: 0, message }));
  }

  /** Its own head, past any cache. */
  async head(): Promise<HeadBody> {
    const slot = Math.floor(Date.now() / 1000);
    return (await (
      await fetch(`http://127.0.0.1:${this.port}/v1/events/${EVENT}/head/1000/${slot}`)
    ).json()) as HeadBody;
  }

  async stop(): Promise<void> {
    await this.running.stop();
    await this.bus.close();
  }
}
