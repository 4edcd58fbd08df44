import type { EventFeed, Item } from '@groundswell/feed';
import type { FriendsCursor, FriendsRank } from '@groundswell/protocol';
import { itemJson, snapshotJson } from '@groundswell/render';
import type { LeafIndex } from '../graph/leaf-index.js';
import { textFrame } from './text-frame.js';

/** Bytes of the snapshots kept of an event; of more, those go that were asked for longest ago. Some 4,000 viewers. */
export const SNAPSHOTS_MAX_BYTES = 64 * 1024 * 1024;

/** A viewer's Friends as a frame. */
export interface FriendsSnapshot {
  frame: Buffer;
  /** Position that it stands for. */
  cursor: FriendsCursor;
}

interface Kept extends FriendsSnapshot {
  stamp: number;
}

export interface FriendsFramesOptions {
  feed: EventFeed;
  index: LeafIndex;
  /** Position examined by this node, and the epoch it belongs to. */
  position: () => FriendsCursor;
}

/**
 * Friends encoded. A viewer's snapshot is kept until there is something new for that viewer, so that whoever comes back, or
 * switches between tabs, gets the same buffer again.
 */
export class FriendsFrames {
  /** In the order in which they were last asked for. */
  private readonly kept = new Map<string, Kept>();
  private bytes = 0;

  constructor(private readonly o: FriendsFramesOptions) {}

  /** Bytes of the snapshots kept. */
  get size(): number {
    return this.bytes;
  }

  /** The snapshot of a viewer who is in the index; what follows its cursor is held, and nothing of it is the viewer's. */
  snapshot(member: string, rank: FriendsRank): FriendsSnapshot {
    const key = `${rank} ${member}`;
    const stamp = this.o.index.stampOf(member);
    const known = this.kept.get(key);
    if (known) this.drop(key, known);
    const { epoch } = this.o.position();
    const isGood = known?.stamp === stamp && known.cursor.epoch === epoch && known.cursor.seq >= this.o.feed.heldAfter;
    const snapshot = isGood ? known : { ...this.make(member, rank), stamp };
    this.keep(key, snapshot);
    return snapshot;
  }

  /** JSON of an item frame. */
  item({ seq, rendered }: Item): string {
    return itemJson(seq, rendered);
  }

  private make(member: string, rank: FriendsRank): FriendsSnapshot {
    const { feed, index, position } = this.o;
    const cursor = position();
    const sees = (comment: Item): boolean => index.sees(member, comment);
    const stories = feed.friendsSnapshot(index.authorsOf(member), { viewer: member, sees, rank });
    return { cursor, frame: textFrame(snapshotJson('friends', cursor, { stories })) };
  }

  private keep(key: string, snapshot: Kept): void {
    this.kept.set(key, snapshot);
    this.bytes += snapshot.frame.length;
    for (const [oldest, entry] of this.kept) {
      if (this.bytes <= SNAPSHOTS_MAX_BYTES) break;
      this.drop(oldest, entry);
    }
  }

  private drop(key: string, { frame }: Kept): void {
    this.kept.delete(key);
    this.bytes -= frame.length;
  }
}
