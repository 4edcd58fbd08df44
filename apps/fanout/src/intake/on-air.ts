import { EVENTS, LEASES_BUCKET, subjects, type EventRecord } from '@groundswell/contracts';
import {
  announce,
  lease,
  listen,
  openBucket,
  streamInfo,
  type Bucket,
  type Bus,
  type LeverBoard,
  type Publisher,
} from '@groundswell/bus';
import { isPosition } from '@groundswell/protocol';
import { findLever, segmentLevers, type ResolvedLevers, type SegmentLevers } from '@groundswell/levers';
import type { Clock, Log } from '@groundswell/runtime';
import { DueCall } from '../ticker/due-call.js';
import { Ticker } from '../ticker/ticker.js';
import { openRoom, type OpenRoom } from './open-room.js';
import { keepCompany, type Company } from '../presence/keep-company.js';
import type { PastSource } from '../past/past-source.js';
import type { Rooms } from './rooms.js';
import type { SocialIntake } from './social-intake.js';
import type { Room } from './room.js';

/** After a room could not be opened, or its log was replaced, the next try comes this much later. */
const REOPEN_MS = 1000;
/** A tick whose answer is lost holds the stream up for this long. Should it be stored all the same, readers drop the next. */
const TICK_ANSWER_MS = 1000;

export interface OnAirOptions {
  bus: Bus;
  publisher: Publisher;
  rooms: Rooms;
  social: SocialIntake;
  past: PastSource;
  node: string;
  clock: Clock;
  log: Log;
  levers: LeverBoard;
  /** Addresses of the caches in front, that are told of takedowns. */
  caches: readonly string[];
  /** A room is no longer served, or begins a new epoch: its sockets must go. */
  evict: (room: Room) => void;
}

/** Keeps a room open for every event on air, with a ticker that works while this node holds the event's lease. */
export class OnAir {
  private readonly o: OnAirOptions;
  private readonly leases: Bucket;
  private readonly known = new Set<string>();
  private readonly companies = new Set<Company>();
  private readonly closing: (() => Promise<void>)[] = [];
  private stopped = false;
  private readonly content = new WeakMap<ResolvedLevers, ResolvedLevers & { content: SegmentLevers }>();

  constructor(options: OnAirOptions) {
    this.o = options;
    this.leases = openBucket(options.bus, LEASES_BUCKET);
  }

  /** Whether an event is known and not served yet. */
  isOpening(event: string): boolean {
    return this.known.has(event) && !this.o.rooms.get(event);
  }

  /** How many such events there are. */
  get opening(): number {
    return [...this.known].filter((event) => this.isOpening(event)).length;
  }

  /** Other nodes have been ahead of this one for too long, in some event. */
  get isBehind(): boolean {
    return [...this.companies].some((company) => company.isBehind);
  }

  /** Opens a room for an event, once. */
  open({ id, secret = '' }: EventRecord): void {
    if (this.known.has(id) || this.stopped) return;
    this.known.add(id);
    void this.keepOpen(id, secret);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await Promise.all(this.closing.map((close) => close()));
  }

  private async keepOpen(event: string, secret: string): Promise<void> {
    const { bus, social, past, clock, log, levers, rooms, evict } = this.o;
    while (!this.stopped) {
      try {
        const { created, createdText } = await streamInfo(bus, EVENTS.name);
        const opened = await openRoom({
          bus,
          event,
          secret,
          social,
          past,
          clock,
          log,
          levers: () => levers.of(event).levers,
          created: { ms: created, text: createdText },
        });
        if (this.stopped) return await opened.stop();
        const close = this.serve(opened, created);
        try {
          await opened.done;
        } finally {
          rooms.remove(event);
          evict(opened.room);
          await close();
        }
      } catch (error) {
        if (!this.stopped) log.error({ err: error, event }, 'an event could not be served; trying again');
      }
      if (!this.stopped) await new Promise((resolve) => setTimeout(resolve, REOPEN_MS));
    }
  }

  /** Starts the ticker of a room that has caught up, and lists it. */
  private serve(opened: OpenRoom, epoch: number): () => Promise<void> {
    const { bus, publisher, social, node, clock, log, levers, rooms, caches, evict } = this.o;
    const { room } = opened;
    const { event, feed } = room;
    const held = lease({
      bucket: this.leases,
      key: `tick.${event}`,
      holder: node,
      onChange: (now) => {
        log.info({ event, held: now }, 'lease of the ticker');
        ticker.wake();
      },
    });
    const ticker: Ticker = new Ticker({
      event,
      node,
      feed,
      clock,
      log,
      lease: held,
      publish: (message) => publisher.publish(message, { timeoutMs: TICK_ANSWER_MS }),
      examined: () => room.examined,
      input: () => {
        const { levers: values, rev, content } = this.contentOf(levers.of(event));
        return { epoch: epoch + values['everyone.epoch'], social: social.position, leverRev: rev, levers: content };
      },
    });
    const due = listen(bus, subjects.dueAll(event), (data) => {
      const seq = Number(Buffer.from(data).toString());
      if (isPosition(seq)) ticker.graphChanged(seq);
    });
    const offLevers = levers.onChange((changes) => {
      const ours = changes.filter(({ event: scope }) => scope === undefined || scope === event);
      if (ours.some(({ key }) => findLever(key)!.effect !== 'none')) ticker.wake();
      if (ours.some(({ key }) => key === 'everyone.enabled')) room.leversTurned();
    });
    room.onBatch = () => ticker.wake();
    let served = room.cursor.epoch;
    room.onTick = () => {
      ticker.applied();
      if (room.cursor.epoch === served) return;
      served = room.cursor.epoch;
      // Cursors of the epoch before mean nothing any more: clients come back and start from a snapshot.
      evict(room);
    };
    const dueCall = new DueCall({
      call: (seq) => {
        announce(bus, subjects.due(event, node), Buffer.from(String(seq)));
        ticker.graphChanged(seq);
      },
      inForce: () => room.graph.position,
    });
    room.onGraphWaits = (seq) => dueCall.wants(seq);
    dueCall.start();
    const company = keepCompany({ bus, room, node, clock, log, caches, held: () => held.held });
    this.companies.add(company);
    rooms.add(room);
    log.info({ event, n: feed.head?.n ?? 0 }, 'event is served');
    ticker.wake();
    let closed: Promise<void> | undefined;
    const close = (): Promise<void> =>
      (closed ??= (async () => {
        due.stop();
        offLevers();
        dueCall.stop();
        company.stop();
        this.companies.delete(company);
        ticker.stop();
        await held.release();
        await opened.stop();
      })());
    this.closing.push(close);
    return close;
  }

  /** The part of the levers that a tick carries: the same object as long as nothing changes. */
  private contentOf(resolved: ResolvedLevers): ResolvedLevers & { content: SegmentLevers } {
    const known = this.content.get(resolved) ?? { ...resolved, content: segmentLevers(resolved.levers) };
    this.content.set(resolved, known);
    return known;
  }
}
