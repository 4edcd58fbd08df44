import { readFeed, type FeedRecord, type Stored, type TickMessage } from '@groundswell/contracts';
import { EventFeed } from '@groundswell/feed';
import type { Levers } from '@groundswell/levers';
import type { FriendsCursor } from '@groundswell/protocol';
import { renderOp } from '@groundswell/render';
import type { Clock, Log } from '@groundswell/runtime';
import type { GraphChange } from '../graph/change-ring.js';
import { GraphInForce } from '../graph/graph-in-force.js';
import { LeafIndex } from '../graph/leaf-index.js';
import type { Connection } from '../hub/connection.js';
import { EveryoneFrames } from '../hub/everyone-frames.js';
import { EveryoneHub, type FlowLevers } from '../hub/everyone-hub.js';
import { EventStreams } from '../hub/event-streams.js';
import { FriendsFrames } from '../hub/friends-frames.js';
import { FriendsHub } from '../hub/friends-hub.js';
import type { PastSource } from '../past/past-source.js';
import type { Takedown } from '../purge/purges.js';
import type { Anchor } from './anchor.js';
import type { SocialIntake } from './social-intake.js';

/** How long a tick waits for the graph that it names. Longer means that SOCIAL is out of reach: Friends goes stale. */
const SOCIAL_WAIT_MS = 5_000;

/** Positions by which a view of EVENTS may be behind: what it lacks is looked up for each snapshot, in a millisecond. */
const MADE_UP_MAX = 10_000;

/** Requests held at a time for a segment that is about to be sealed; more are answered at once. */
export const HELD_REQUESTS = 10_000;

type ItemRecord = Exclude<FeedRecord, { kind: 'tick' | 'pin' }>;

interface Retracted {
  id: string;
  /** Position of what was taken back. */
  seq: number;
}

export interface RoomOptions {
  event: string;
  /** Epoch before the first tick: the creation of the log. */
  epoch: number;
  /** Where reading starts; absent: the event's beginning. */
  anchor?: Anchor;
  social: SocialIntake;
  past: Pick<PastSource, 'of'>;
  clock: Clock;
  log: Log;
  /** Seeds the sample of mode *top*. */
  secret: string;
  /** The levers in force for the event. */
  levers: () => Levers;
}

/** One event on this node: reads its log in order and hands on what comes of it. */
export class Room {
  readonly event: string;
  readonly feed: EventFeed;
  readonly index: LeafIndex;
  readonly frames: EveryoneFrames;
  readonly everyone: EveryoneHub;
  readonly streams: EventStreams;
  readonly levers: () => Levers;
  readonly friends: FriendsHub;
  readonly friendsFrames: FriendsFrames;
  readonly graph: GraphInForce;
  /** Ids taken down within the segments held: a cached page may still show them. */
  readonly tombs = new Map<string, number>();
  /** Told after each batch, after each valid tick, and when a graph change (at a position of SOCIAL) waits for one. */
  onBatch: () => void = () => undefined;
  onTick: () => void = () => undefined;
  onTakedown: (takedown: Takedown) => void = () => undefined;
  /** Sockets and streams, of all nodes when they are known. */
  viewers: () => number = () => this.ownViewers;
  onGraphWaits: (seq: number) => void = () => undefined;
  private readonly sealing = new Set<() => void>();

  private readonly epoch: number;
  private readonly social: SocialIntake;
  private readonly log: Log;
  private readonly forgetSocial: () => void;
  private position: number;
  private retracted: Retracted[] = [];
  /** SOCIAL was waited for up to here in vain: ticks that name as much are not waited for until it gets there. */
  private outOfReach = 0;

  constructor({ event, epoch, anchor, secret, social, past, clock, log, levers }: RoomOptions) {
    this.event = event;
    this.epoch = epoch;
    this.social = social;
    this.log = log;
    this.position = anchor?.seq ?? 0;
    this.feed = new EventFeed({ render: renderOp, secret, ...(anchor ? { anchor } : {}) });
    this.levers = levers;
    const compressMin = (): number => levers()['socket.compress_min_bytes'];
    this.frames = new EveryoneFrames(this.feed, { epoch, compressMin });
    const flow: FlowLevers = {
      enabled: () => levers()['everyone.enabled'],
      maxBehind: () => levers()['page.max_behind'],
    };
    this.everyone = new EveryoneHub(this.frames, flow, (connection) => this.pay(connection));
    const maxLifeMs = (): number => levers()['sse.max_life_s'] * 1000;
    this.streams = new EventStreams({ frames: this.frames, levers: flow, maxLifeMs, clock });
    this.index = new LeafIndex(() => levers()['friends.max_authors']);
    this.graph = new GraphInForce(social.ring, this.index);
    const { feed, index } = this;
    const position = (): FriendsCursor => this.cursor;
    this.friendsFrames = new FriendsFrames({
      feed,
      index,
      position,
      past: (member) =>
        past.of({
          event,
          created: epoch,
          authors: () => index.authorsOf(member),
          needs: () => Math.max(feed.heldAfter, this.position - MADE_UP_MAX),
        }),
    });
    this.friends = new FriendsHub({
      feed,
      index,
      frames: this.friendsFrames,
      clock,
      position,
      compressMin,
      flushMs: () => levers()['friends.flush_ms'],
    });
    this.forgetSocial = social.onChanges((changes) => this.graphChanged(changes));
  }

  /** Position of EVENTS examined. */
  get examined(): number {
    return this.position;
  }

  /** Sockets and streams of this node. */
  get ownViewers(): number {
    return this.everyone.size + this.streams.size;
  }

  get cursor(): FriendsCursor {
    return { epoch: this.feed.head?.epoch ?? this.epoch, seq: this.position };
  }

  /** Takes messages in log order; waits only where a tick names a graph that has not been read yet. */
  async take(batch: readonly Stored[]): Promise<void> {
    for (const stored of batch) {
      const record = readFeed(stored);
      if (!record)
        this.log.warn({ subject: stored.subject, seq: stored.seq }, 'a message of no known form was skipped');
      else if (record.kind === 'tick') await this.tick(record.message, stored.seq);
      else if (record.kind === 'pin') this.feed.pin(record);
      else this.item(record);
      this.position = stored.seq;
    }
    this.onBatch();
  }

  /** Changes of the graph have been read: what takes away acts, and the rest waits for a tick. */
  graphChanged(changes: readonly GraphChange[]): void {
    const waits = this.graph.received(changes);
    this.friends.hideAnew();
    if (waits !== undefined) this.onGraphWaits(waits);
  }

  /** Resolves when segment n is sealed, or after `timeoutMs`; at once when too many wait. */
  async sealed(n: number, timeoutMs: number): Promise<void> {
    if (this.frames.head.n >= n || this.sealing.size >= HELD_REQUESTS) return;
    await new Promise<void>((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.sealing.delete(look);
        resolve();
      };
      const look = (): void => {
        if (this.frames.head.n >= n) done();
      };
      const timer = setTimeout(done, timeoutMs);
      this.sealing.add(look);
    });
  }

  /** Sends what a socket is owed: its marks, and a ping if it is time for one. */
  pay(connection: Connection): void {
    const { owed } = connection;
    if (owed === 'nothing') return;
    connection.owed = 'nothing';
    connection.together(() => {
      this.everyone.mark(connection);
      this.friends.mark(connection);
      if (owed === 'mark and ping') connection.ping();
    });
  }

  /** Levers that act on who is connected were turned. */
  leversTurned(): void {
    this.everyone.resume();
    this.streams.resume();
  }

  stop(): void {
    this.forgetSocial();
    this.friends.stop();
    this.streams.stop();
  }

  private item(record: ItemRecord): void {
    // Heads are public: what was for friends only leaves no trace there.
    if (record.kind === 'retract' && record.audience === 'everyone') {
      const { id, seq } = record.message;
      this.retracted.push({ id, seq });
    }
    const item = this.feed.push(record);
    this.position = item.seq;
    this.friends.push(item);
  }

  private async tick(message: TickMessage, seq: number): Promise<void> {
    const result = this.feed.tick(message, seq);
    if ('fault' in result) {
      this.log.debug({ event: this.event, n: message.n, seq, fault: result.fault }, 'a tick was fenced off');
      return;
    }
    this.holdTombs(message);
    const retracted = this.retracted.length > 0;
    this.frames.sealed({ retracted });
    if (retracted) {
      const older = this.retracted.some(({ seq: position }) => position <= this.feed.heldAfter);
      this.onTakedown({ n: message.n, segments: [...result.rerendered], older });
    }
    this.retracted = [];
    this.everyone.sealed();
    this.streams.sealed({ retracted });
    for (const look of this.sealing) look();
    await this.reachSocial(message);
    // Friends goes by the graph of the tick from the next item on.
    this.graph.advance(message.social);
    this.friends.hideAnew();
    this.position = seq;
    this.onTick();
  }

  /** Waits for the graph that a tick names. SOCIAL may have lost its end: then one wait, and not one for each tick. */
  private async reachSocial({ n, social }: TickMessage): Promise<void> {
    if (social >= this.outOfReach && this.social.position < this.outOfReach) return;
    if (await this.social.reached(social, SOCIAL_WAIT_MS)) return;
    this.outOfReach = social;
    this.log.error({ event: this.event, n, social }, 'SOCIAL is behind a tick');
  }

  private holdTombs({ n, serveFrom }: TickMessage): void {
    for (const { id } of this.retracted) this.tombs.set(id, n);
    for (const [id, at] of this.tombs) {
      if (at >= serveFrom) break;
      this.tombs.delete(id);
    }
  }
}
