import type { AddOp, CommentOp, CountsOp, ItemOp, TombOp } from '@groundswell/protocol';
import { compose, withoutOp, type Segment } from './compose.js';
import { contentLevers, type ContentLevers } from './content-levers.js';
import { Pins } from './pins.js';
import { Fence, HELD_SEGMENTS, RULES, type FenceFault } from './fence.js';
import { Lookback } from './lookback.js';
import {
  isOp,
  toOp,
  type Anchor,
  type ItemRecord,
  type PinRecord,
  type Render,
  type Rendered,
  type Tick,
} from './records.js';
import { seedOf, type Seed } from './sampling.js';
import { SegmentAuthors } from './segment-authors.js';
import { nextServeFrom } from './serve-range.js';
import { friendsSnapshot, type FriendsView } from './friends-snapshot.js';
import { everyoneSnapshot, type SnapshotStory } from './snapshot.js';
import { Window, type Item } from './window.js';

export interface EventFeedOptions {
  /**
   * Where reading starts: the event's beginning, or a tick known to be valid, given in full. Segments before `serveFrom`
   * are read only for what compose must know of them; without it all that follow the anchor are served.
   */
  anchor?: { seq: number; tick: Tick; serveFrom?: number };
  /** Known to the nodes alone, so that nobody can choose a position with luck in it; the same on all of them. */
  secret?: string;
  /** Segments that the ticks made here hold, at most and by default `HELD_SEGMENTS`. */
  segments?: number;
  render: Render;
}

/** Everyone as a newcomer gets it: the stories, newest first, and what is pinned, newest pin first. */
export interface Snapshot {
  stories: SnapshotStory[];
  pinned: readonly Rendered<AddOp>[];
}

/** What a valid tick did: the segment that it sealed, and those that lost something that was taken back. */
export interface Sealed {
  sealed: Segment;
  rerendered: ReadonlySet<number>;
}

/** What was in force with a segment, and the first segment that a snapshot as of it looks at. */
interface Stand {
  levers: ContentLevers;
  from: number;
  pinned: readonly Rendered<AddOp>[];
}

/** Segments back that a snapshot looks for stories. */
const SNAPSHOT_SEGMENTS = 300;

/** What a ticker adds to the chain to make the next tick. */
export interface TickInput {
  epoch: number;
  at: number;
  social: number;
  leverRev: number;
  levers: Tick['levers'] & Pick<ContentLevers, 'everyone.segment_ms'>;
}

/** Where Everyone stands after the last valid tick. */
export interface Head {
  epoch: number;
  n: number;
  /** Position of tick n. */
  seq: number;
  at: number;
  /** Position of SOCIAL in force. */
  social: number;
  leverRev: number;
}

/**
 * One event as a node holds it: a pure function of the log up to the last record taken. Records must come in log order,
 * from the anchor on.
 */
export class EventFeed {
  private readonly render: Render;
  private readonly fence: Fence;
  private readonly window = new Window();
  private readonly segments = new Map<number, Segment>();
  private readonly stands = new Map<number, Stand>();
  private readonly lookback = new Lookback();
  private readonly writers = new SegmentAuthors();
  private readonly seed: Seed;
  private readonly anchor: Anchor;
  private readonly firstServed: number;
  private readonly most: number;
  private readonly pins: Pins;
  private pending: Rendered<ItemOp>[] = [];
  private retracted: string[] = [];
  private unsealed = 0;

  constructor({ anchor, secret = '', segments = HELD_SEGMENTS, render }: EventFeedOptions) {
    this.most = Math.min(segments, HELD_SEGMENTS);
    this.anchor = anchor ? { n: anchor.tick.n, seq: anchor.seq } : { n: 0, seq: 0 };
    this.firstServed = Math.max(anchor?.serveFrom ?? 1, this.anchor.n + 1);
    this.seed = seedOf(secret);
    this.render = render;
    this.fence = new Fence(this.anchor, anchor?.tick);
    this.pins = new Pins(anchor?.tick.pins);
  }

  /** Undefined before the first valid tick. */
  get head(): Head | undefined {
    const { tick } = this.fence;
    if (!tick) return undefined;
    const { epoch, n, at, social, leverRev } = tick;
    return { epoch, n, at, social, leverRev, seq: this.fence.position(n)! };
  }

  /** Levers of the last valid tick, as it names them. */
  get tickLevers(): Tick['levers'] | undefined {
    return this.fence.tick?.levers;
  }

  /** First segment that is held; 1 before the first tick. A tick may name more than a feed with an anchor has read. */
  get serveFrom(): number {
    return Math.max(this.fence.tick?.serveFrom ?? 1, this.firstServed);
  }

  /** Number of records that wait for a tick, both audiences. */
  get waiting(): number {
    return this.unsealed;
  }

  /** Positions up to this one are no longer held for Friends. */
  get heldAfter(): number {
    return Math.max(this.window.heldAfter, this.anchor.seq);
  }

  /** Takes a pin. It is in force from the next tick on. */
  pin(record: PinRecord): void {
    this.pins.turn(record);
    this.unsealed++;
  }

  /** Takes a status, comment or retraction. The item is for Friends, at once; Everyone has it from the next tick on. */
  push(record: ItemRecord): Item {
    const item = this.hold(record);
    if (record.audience === 'everyone') this.pending.push(item.rendered);
    this.writers.push(item);
    this.unsealed++;
    return item;
  }

  /** Takes a tick. A valid one seals a segment; another changes nothing, and the fault says why. */
  tick(tick: Tick, seq: number): Sealed | { fault: FenceFault } {
    const previousAt = this.fence.tick?.at;
    const fault = this.fence.admit(tick, seq);
    if (fault) return { fault };
    const rerendered = new Set<number>();
    for (const id of this.retracted) this.rerenderWithout(id, rerendered);
    const { pending: ops, lookback, seed, render } = this;
    const pin = this.pins.tick(tick.pins, { render, forgetUpTo: tick.replayFrom.seq });
    const pinned = this.pins.shown(render);
    const ids = new Set(pinned.map(({ op }) => op.id));
    const segment = compose({ tick, seq, previousAt, ops, lookback, seed, render, pin, pinned: ids });
    const isServed = tick.n >= this.firstServed;
    if (isServed) this.keep(segment, { tick, pinned });
    this.writers.seal(tick.n, isServed);
    this.writers.dropBefore(tick.serveFrom);
    this.pending = [];
    this.retracted = [];
    this.unsealed = 0;
    for (const n of this.segments.keys()) {
      if (n >= tick.serveFrom) break;
      this.segments.delete(n);
      this.stands.delete(n);
    }
    this.window.dropUpTo(isServed ? (this.fence.position(tick.serveFrom - 1) ?? 0) : seq);
    return { sealed: segment, rerendered };
  }

  /** The tick that would seal what waits now. */
  nextTick({ epoch, at: now, social, leverRev, levers }: TickInput): Tick {
    const last = this.fence.tick;
    const at = Math.max(now, last?.at ?? 0);
    const n = this.fence.n + 1;
    const serveFrom = nextServeFrom({
      n,
      serveFrom: this.serveFrom,
      items: this.window.size,
      segments: this.most,
      itemsUpTo: (m) => this.window.size - this.window.countAfter(this.fence.position(m)!),
    });
    const pins = this.pins.next();
    return {
      n,
      prev: this.fence.position(n - 1)!,
      epoch: Math.max(epoch, last?.epoch ?? 0),
      rules: RULES,
      at,
      social: Math.max(social, last?.social ?? 0),
      leverRev: Math.max(leverRev, last?.leverRev ?? 0),
      // Who has not heard of the newest turn goes on with what the last tick knew.
      levers: last && leverRev < last.leverRev ? last.levers : levers,
      ...(pins ? { pins } : {}),
      serveFrom,
      replayFrom: this.fence.replayFrom(serveFrom, at),
    };
  }

  segment(n: number): Segment | undefined {
    return n < this.serveFrom ? undefined : this.segments.get(n);
  }

  /** Who wrote what is public of segment n, and under whose stories; undefined when n is not held. */
  authors(n: number): readonly string[] | undefined {
    return n < this.serveFrom ? undefined : this.writers.of(n);
  }

  /** Everyone as of segment `n`; undefined when n is not held, or stories that were shown then are no longer. */
  snapshot(n: number): Snapshot | undefined {
    if (n === 0 && this.fence.n === 0) return { stories: [], pinned: [] };
    const segment = this.segment(n);
    if (!segment) return undefined;
    const { levers, from, pinned } = this.stands.get(n)!;
    const stories = everyoneSnapshot(this.window, { from, to: n, seq: segment.seq[1], levers });
    const isWhole = from >= this.serveFrom || n === this.fence.n;
    const isFull = levers['everyone.mode'] !== 'top' && stories.length >= levers['page.initial_size'];
    return isWhole || isFull ? { stories, pinned } : undefined;
  }

  /** Public and friends-only items above `seq`, in log order, for the caller to filter by viewer. */
  itemsAfter(seq: number): readonly Item[] {
    return this.window.after(seq);
  }

  /** Stories of these authors, whatever their audience: the caller names only whom the viewer may see. */
  friendsSnapshot(authors: readonly string[], view: FriendsView = {}): SnapshotStory[] {
    const tauMs = contentLevers(this.tickLevers ?? {})['everyone.hot_tau_s'] * 1000;
    return friendsSnapshot(this.window, authors, { ...view, render: this.render, tauMs });
  }

  private hold(record: ItemRecord): Item {
    const { seq, audience } = record;
    // What is read only for what compose must know of it is not held.
    const window = this.fence.n + 1 >= this.firstServed ? this.window : undefined;
    switch (record.kind) {
      case 'status': {
        const author = record.message.author.id;
        const item: Item<AddOp> = { seq, audience, author, storyAuthor: author, rendered: this.render(toOp(record)) };
        window?.addStory(item);
        return item;
      }
      case 'comment': {
        const { author, ofAuthor } = record.message;
        const rendered = this.render(toOp(record));
        const item: Item<CommentOp> = { seq, audience, author: author.id, storyAuthor: ofAuthor, rendered };
        window?.addComment(item);
        return item;
      }
      case 'counts': {
        const author = record.message.ofAuthor;
        const item: Item<CountsOp> = {
          seq,
          audience,
          author,
          storyAuthor: author,
          rendered: this.render(toOp(record)),
        };
        window?.addCounts(item);
        return item;
      }
      case 'retract': {
        const { id, author, of, ofAuthor } = record.message;
        const rendered = this.render<TombOp>({ t: 'tomb', id });
        const item: Item<TombOp> = { seq, audience, author, storyAuthor: ofAuthor ?? author, rendered };
        window?.addTomb(item, of);
        this.retracted.push(id);
        this.pins.retract(id, seq);
        return item;
      }
    }
  }

  private keep(segment: Segment, { tick, pinned }: { tick: Tick; pinned: Stand['pinned'] }): void {
    this.segments.set(tick.n, segment);
    const from = Math.max(tick.serveFrom, tick.n - SNAPSHOT_SEGMENTS + 1);
    this.stands.set(tick.n, { levers: contentLevers(tick.levers), from, pinned });
    for (const story of segment.ops.filter(isOp('add'))) this.window.show(story, tick.n);
  }

  private rerenderWithout(id: string, rerendered: Set<number>): void {
    for (const [n, segment] of this.segments) {
      const without = withoutOp(segment, id, this.render);
      if (without === segment) continue;
      this.segments.set(n, without);
      rerendered.add(n);
    }
    for (const stand of this.stands.values()) stand.pinned = stand.pinned.filter(({ op }) => op.id !== id);
  }
}
