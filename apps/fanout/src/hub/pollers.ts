import type { Clock } from '@groundswell/runtime';
import type { GraphSource } from '../graph/graph-source.js';
import type { ReadSides } from '../graph/graph-in-force.js';
import type { Room } from '../intake/room.js';
import { everySecond } from '../every-second.js';
import { Inbox } from './inbox.js';

/** How long a viewer who does not ask any more is kept: twelve polls at the default interval. */
export const KEPT_MS = 60_000;

/**
 * Viewers who poll that a node keeps, at most; further ones are turned away, since to drop others for them would have all
 * of them read anew at every poll. With 100 friends one costs 3 KB, an inbox that is full one more: 200 MB in all.
 */
export const MAX_POLLERS = 50_000;

/** Parts of the viewers, one of which is looked through at each turn. */
const SLICES = 20;

/** The graph need not be read for somebody who is in the index already. */
const KNOWN: ReadSides = { sides: new Map(), asOf: 0 };

/** Why a viewer who polls has no inbox: the graph is not to be had, the node is full, or the room is no longer served. */
export type Refusal = 'behind' | 'full' | 'closed';

interface Poller {
  inbox: Inbox;
  slice: Set<Poller>;
  room: Room;
}

export interface PollersOptions {
  graphs: Pick<GraphSource, 'withGraph'>;
  clock: Pick<Clock, 'monotonic'>;
  /** Default `MAX_POLLERS`. */
  most?: number;
}

/** The inboxes of those who poll Friends, in all rooms. Each is kept until its viewer has not asked for a minute. */
export class Pollers {
  private readonly o: Required<PollersOptions>;
  private readonly byRoom = new Map<Room, Map<string, Poller>>();
  private readonly opening = new Map<Room, Map<string, Promise<Inbox | Refusal>>>();
  private readonly slices = Array.from({ length: SLICES }, () => new Set<Poller>());
  private count = 0;
  private drawn = 0;
  private turns = 0;
  private end: () => void = () => undefined;

  constructor(options: PollersOptions) {
    this.o = { most: MAX_POLLERS, ...options };
  }

  /** Viewers kept, and those whose graph is being read. */
  get size(): number {
    return this.count;
  }

  start(): void {
    this.end = everySecond(() => this.turn());
  }

  stop(): void {
    this.end();
  }

  /** The inbox of a viewer who has asked lately, who is taken to ask now. */
  find(room: Room, member: string): Inbox | undefined {
    const inbox = this.byRoom.get(room)?.get(member)?.inbox;
    if (inbox) inbox.askedAt = this.o.clock.monotonic();
    return inbox;
  }

  /** The same for a viewer who has not: their graph is read, once for all who wait for it. */
  async open(room: Room, member: string): Promise<Inbox | Refusal> {
    const known = this.find(room, member);
    if (known) return known;
    let waiting = this.opening.get(room);
    if (!waiting) this.opening.set(room, (waiting = new Map()));
    const pending = waiting.get(member);
    if (pending) return pending;
    if (this.count >= this.o.most) return 'full';
    this.count++;
    const opened = this.read(room, member).finally(() => waiting.delete(member));
    waiting.set(member, opened);
    const result = await opened;
    return result;
  }

  /** Looks through one part and lets go of those who do not ask any more. */
  turn(): void {
    const { clock } = this.o;
    this.turns++;
    for (const poller of this.slices[this.turns % SLICES]!) {
      if (clock.monotonic() - poller.inbox.askedAt >= KEPT_MS) this.forget(poller);
    }
  }

  /** A room is no longer served, or begins a new epoch: its viewers begin anew. */
  evict(room: Room): void {
    for (const poller of this.byRoom.get(room)?.values() ?? []) this.forget(poller);
    this.opening.delete(room);
  }

  private async read(room: Room, member: string): Promise<Inbox | Refusal> {
    const waiting = this.opening.get(room);
    let inbox: Inbox | undefined;
    const use = (read: ReadSides): void => {
      // The room may have been given up meanwhile: nobody would look after what is put there now.
      if (this.opening.get(room) === waiting) inbox = this.admit(room, member, read);
    };
    let isThere = true;
    try {
      if (room.index.has(member)) use(KNOWN);
      else isThere = await this.o.graphs.withGraph(room, member, use);
    } finally {
      if (!inbox) this.count--;
    }
    return inbox ?? (isThere ? 'closed' : 'behind');
  }

  private admit(room: Room, member: string, read: ReadSides): Inbox {
    const inbox = new Inbox(member, room.cursor.seq);
    inbox.askedAt = this.o.clock.monotonic();
    room.graph.admit(member, inbox, read);
    const slice = this.slices[this.drawn++ % SLICES]!;
    const poller: Poller = { inbox, slice, room };
    slice.add(poller);
    const pollers = this.byRoom.get(room);
    if (pollers) pollers.set(member, poller);
    else this.byRoom.set(room, new Map([[member, poller]]));
    return inbox;
  }

  private forget(poller: Poller): void {
    const { inbox, slice, room } = poller;
    room.index.remove(inbox.member, inbox);
    slice.delete(poller);
    this.count--;
    const pollers = this.byRoom.get(room);
    pollers?.delete(inbox.member);
    if (pollers?.size === 0) this.byRoom.delete(room);
  }
}
