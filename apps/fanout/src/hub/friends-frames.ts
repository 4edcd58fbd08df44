import type { EventFeed, Item } from '@groundswell/feed';
import { SNAPSHOT_STORIES, type FriendsCursor, type FriendsRank } from '@groundswell/protocol';
import { itemJson, snapshotJson } from '@groundswell/render';
import type { LeafIndex } from '../graph/leaf-index.js';
import type { ViewerPast } from '../past/past-source.js';
import { frameToKeep, textFrame } from './text-frame.js';

/** Bytes of the snapshots kept of an event; of more, those go that were asked for longest ago. Some 4,000 viewers. */
export const SNAPSHOTS_MAX_BYTES = 64 * 1024 * 1024;

/** Times that older stories are read for one snapshot, while friends are added or stories taken back. */
const ATTEMPTS = 3;

/** A viewer's Friends as a frame. */
export interface FriendsSnapshot {
  frame: Buffer;
  /** Position that it stands for. */
  cursor: FriendsCursor;
}

interface Kept extends FriendsSnapshot {
  stamp: number;
}

interface Made {
  snapshot: FriendsSnapshot;
  /** It has as many stories as a snapshot has. */
  isFull: boolean;
}

export interface FriendsFramesOptions {
  feed: EventFeed;
  index: LeafIndex;
  /** Position examined by this node, and the epoch it belongs to. */
  position: () => FriendsCursor;
  /** A viewer's stories from before the window; undefined when they are not to be had. Never rejects. */
  past: (member: string) => Promise<ViewerPast | undefined>;
}

/**
 * Friends encoded. A viewer's snapshot is kept until there is something new for that viewer, so that whoever comes back, or
 * switches between tabs, gets the same buffer again.
 */
export class FriendsFrames {
  /** In the order in which they were last asked for. */
  private readonly kept = new Map<string, Kept>();
  private bytes = 0;
  /** Reads under way, by viewer. */
  private readonly reading = new Map<string, Promise<ViewerPast | undefined>>();

  constructor(private readonly o: FriendsFramesOptions) {}

  /** Bytes of the snapshots kept. */
  get size(): number {
    return this.bytes;
  }

  /**
   * The snapshot of a viewer who is in the index; what follows its cursor is held, and nothing of it is the viewer's.
   * Undefined when the window holds too little: see `withPast`.
   */
  snapshot(member: string, rank: FriendsRank): FriendsSnapshot | undefined {
    const { index, feed, position } = this.o;
    const key = `${rank} ${member}`;
    const known = this.kept.get(key);
    if (known) this.drop(key, known);
    const { epoch } = position();
    const isGood =
      known?.stamp === index.stampOf(member) && known.cursor.epoch === epoch && known.cursor.seq >= feed.heldAfter;
    if (isGood) return this.keep(key, known);
    const { snapshot, isFull } = this.make(member, rank);
    // A window that reaches back to the event's beginning holds all there is.
    return isFull || feed.heldAfter === 0 ? this.keepOf(member, rank, snapshot) : undefined;
  }

  /**
   * Makes a snapshot with stories from before the window, and calls `use` with it in the same turn: what follows its cursor
   * has not been handed out yet. When they are not to be had, it is one of the window alone, and not kept. Undefined when the
   * viewer has gone meanwhile.
   */
  async withPast<T>(member: string, rank: FriendsRank, use: (snapshot: FriendsSnapshot | undefined) => T): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      const past = await this.pastOf(member);
      if (!this.o.index.has(member)) return use(undefined);
      const kept = this.snapshot(member, rank);
      if (kept) return use(kept);
      // The window has moved on beyond what the view had: what was taken back in between is not known.
      const isUsable = past !== undefined && past.asOf >= this.o.feed.heldAfter;
      const { snapshot, isFull } = this.make(member, rank, isUsable ? past : undefined);
      const isWhole =
        isUsable &&
        (isFull || !past.more) &&
        this.o.index.authorsOf(member).every((author) => past.authors.has(author));
      if (isWhole) return use(this.keepOf(member, rank, snapshot));
      if (!past || attempt === ATTEMPTS) return use(snapshot);
    }
  }

  /** JSON of an item frame. */
  item({ seq, rendered }: Item): string {
    return itemJson(seq, rendered);
  }

  private make(member: string, rank: FriendsRank, past?: ViewerPast): Made {
    const { feed, index, position } = this.o;
    const cursor = position();
    const sees = (item: Item): boolean => index.sees(member, item);
    const view = { viewer: member, sees, rank, ...(past ? { past } : {}) };
    const stories = feed.friendsSnapshot(index.authorsOf(member), view);
    const frame = textFrame(snapshotJson('friends', cursor, { stories }));
    return { snapshot: { cursor, frame }, isFull: stories.length >= SNAPSHOT_STORIES };
  }

  /** Whoever asks while a viewer's stories are being read waits for the same. */
  private pastOf(member: string): Promise<ViewerPast | undefined> {
    let reading = this.reading.get(member);
    if (!reading) {
      reading = this.o.past(member).finally(() => this.reading.delete(member));
      this.reading.set(member, reading);
    }
    return reading;
  }

  private keepOf(member: string, rank: FriendsRank, { cursor, frame }: FriendsSnapshot): FriendsSnapshot {
    return this.keep(`${rank} ${member}`, {
      cursor,
      frame: frameToKeep(frame),
      stamp: this.o.index.stampOf(member),
    });
  }

  private keep(key: string, snapshot: Kept): FriendsSnapshot {
    this.kept.set(key, snapshot);
    this.bytes += snapshot.frame.length;
    for (const [oldest, entry] of this.kept) {
      if (this.bytes <= SNAPSHOTS_MAX_BYTES) break;
      this.drop(oldest, entry);
    }
    return snapshot;
  }

  private drop(key: string, { frame }: Kept): void {
    this.kept.delete(key);
    this.bytes -= frame.length;
  }
}
