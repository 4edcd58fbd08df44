import {
  connectBus,
  ensureBuckets,
  ensureStreams,
  getMessage,
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
  readFeed,
  SOCIAL,
  subjects,
  type EventRecord,
  type FeedRecord,
  type FeedKind,
  type FriendshipMessage,
  type PairMessage,
  type StatusMessage,
  type TickMessage,
} from '@groundswell/contracts';
import type { LeverKey, LeverValue } from '@groundswell/levers';
import type { Audience } from '@groundswell/protocol';
import { createLog } from '@groundswell/runtime';
import {
  applySlices,
  connectStore,
  itemOps,
  PARTITIONS,
  socialOps,
  type RoutedOp,
  type Store,
} from '@groundswell/store';
import { tokenMint, type TestServer, type TokenMint } from '@groundswell/testing';
import { FanoutConfig } from '../src/config.js';
import { startFanout, type FanoutApp } from '../src/fanout-app.js';

/** Fan-out nodes on real servers, with hands that write the logs as ingest does. */
export class Harness {
  readonly nodes: FanoutApp[] = [];
  private written = 0;
  private socialSeq = 0;
  private itemsSeq = 0;
  private unprojected: FeedRecord[] = [];

  private constructor(
    private readonly nats: { readonly url: string },
    private readonly redis: TestServer,
    readonly bus: Bus,
    private readonly log: Publisher,
    private readonly store: Store,
    readonly mint: TokenMint,
  ) {}

  /** `nats.url` may name several servers, separated by commas. */
  static async start(nats: { readonly url: string }, redis: TestServer, replicas = 1): Promise<Harness> {
    const bus = await connectBus({ servers: nats.url.split(','), name: 'spec' });
    await ensureStreams(bus, [EVENTS, SOCIAL], { replicas });
    await ensureBuckets(bus, [EVENTS_BUCKET, LEASES_BUCKET, LEVERS_BUCKET], { replicas });
    const store = await connectStore({ url: redis.url });
    const harness = new Harness(nats, redis, bus, publisher(bus), store, await tokenMint());
    await harness.turn('everyone.segment_ms', 250);
    return harness;
  }

  /** Starts one more node. */
  async node(change: Partial<FanoutConfig> = {}): Promise<FanoutApp> {
    const config = Object.assign(new FanoutConfig(), {
      port: 0,
      natsUrl: this.nats.url,
      redisUrl: this.redis.url,
      publicKey: this.mint.publicKey,
      node: `fanout-${this.nodes.length + 1}`,
      drainMs: 0,
      ...change,
    });
    const app = await startFanout(config, createLog('fanout', 'silent'));
    this.nodes.push(app);
    return app;
  }

  /** Turns a lever for every event. */
  async turn(key: LeverKey, value: LeverValue): Promise<void> {
    const turn = { value, who: 'spec', why: 'spec', at: Date.now() };
    await turnLever(this.bus, { scope: undefined, key }, turn);
  }

  async event(id: string): Promise<void> {
    const record: EventRecord = { id, title: id, state: 'live', createdAt: 1 };
    await openBucket(this.bus, EVENTS_BUCKET).put(id, new TextEncoder().encode(JSON.stringify(record)));
  }

  /** Writes a status to the log and gives its id and position. */
  async status(event: string, author: string, { text = 'text', audience = 'everyone' as Audience } = {}) {
    const id = String(++this.written).padStart(16, '0');
    const message: StatusMessage = { id, at: Date.now(), author: { id: author, name: author }, text, rev: 1 };
    return { id, seq: await this.write(event, { kind: 'status', audience, message, id }) };
  }

  /** The newest tick in the log, valid or not, with its position; undefined when there is none. */
  async newestTick(event: string): Promise<(TickMessage & { seq: number }) | undefined> {
    const stored = await getMessage(this.bus, EVENTS.name, { lastBySubject: subjects.tick(event) });
    const record = stored && readFeed(stored);
    return record?.kind === 'tick' ? { ...record.message, seq: record.seq } : undefined;
  }

  async retract(event: string, { id, seq }: { id: string; seq: number }, author: string): Promise<number> {
    const message = { id, seq, author, at: Date.now() };
    return this.write(event, { kind: 'retract', audience: 'everyone', message, id: `retract-${id}` });
  }

  async write(
    event: string,
    { kind, audience, message, id }: { kind: FeedKind; audience: Audience; message: object; id: string },
  ): Promise<number> {
    const subject = subjects.feed(event, audience, kind);
    const { seq } = await this.log.publish(
      envelope({ subject, id: `${event}-${id}`, source: '/spec', at: 0, message }),
    );
    this.unprojected.push({ event, kind, audience, seq, message } as FeedRecord);
    return seq;
  }

  /** Projects what was written of events since the last call, as ingest would. */
  async projectItems(): Promise<void> {
    const records = this.unprojected.splice(0);
    const to = records.at(-1)!.seq;
    const routed = records.flatMap((record) => itemOps(record));
    await this.apply({ log: 'EVENTS', from: this.itemsSeq, to, routed });
    this.itemsSeq = to;
  }

  /** Writes a friendship, or its end, and projects it, as ingest would. */
  async friendship(a: string, b: string, on: boolean): Promise<number> {
    const message: FriendshipMessage = { edges: [[a, b]], on, mutual: true, at: 1 };
    const subject = subjects.social('friendship');
    const id = `friendship-${++this.written}`;
    const { seq } = await this.log.publish(envelope({ subject, id, source: '/spec', at: 0, message }));
    await this.project(seq, socialOps({ kind: 'friendship', seq, message }));
    return seq;
  }

  /** Writes a block or a mute, or its end, and projects it. */
  async pair(kind: 'block' | 'mute', by: string, to: string, on = true): Promise<number> {
    const message: PairMessage = { by, to, on, at: 1 };
    const subject = subjects.social(kind);
    const id = `${kind}-${++this.written}`;
    const { seq } = await this.log.publish(envelope({ subject, id, source: '/spec', at: 0, message }));
    await this.project(seq, socialOps({ kind, seq, message }));
    return seq;
  }

  /** Writes a sealed message, and moves the view past it, as ingest would. */
  async seal(data: Uint8Array): Promise<number> {
    const { seq } = await this.log.publish({ subject: subjects.private('watch'), headers: {}, data });
    await this.project(seq, []);
    return seq;
  }

  /** Writes a public comment on a story. */
  async comment(event: string, author: string, of: { id: string }, ofAuthor: string) {
    const id = String(++this.written).padStart(16, '0');
    const message = { id, at: Date.now(), author: { id: author, name: author }, text: 'reply', rev: 1 };
    const comment = { ...message, of: of.id, ofAuthor };
    return { id, seq: await this.write(event, { kind: 'comment', audience: 'everyone', message: comment, id }) };
  }

  async stop(): Promise<void> {
    await Promise.all(this.nodes.map((node) => node.stop()));
    await Promise.all([this.bus.close(), this.store.close()]);
  }

  private async project(seq: number, routed: RoutedOp[]): Promise<void> {
    await this.apply({ log: 'SOCIAL', from: this.socialSeq, to: seq, routed });
    this.socialSeq = seq;
  }

  private async apply({ log, from, to, routed }: Projected): Promise<void> {
    const { created } = await streamInfo(this.bus, log);
    const slices = Array.from({ length: PARTITIONS }, (_, partition) => ({
      partition,
      from,
      to,
      ops: routed.filter((entry) => entry.partition === partition).map(({ op }) => op),
    }));
    await applySlices(this.store, { log, created, slices });
  }
}

interface Projected {
  log: 'SOCIAL' | 'EVENTS';
  from: number;
  to: number;
  routed: readonly RoutedOp[];
}
