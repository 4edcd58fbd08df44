import type { FriendsCursor, FriendsRank, ResetFrame } from '@groundswell/protocol';
import type { EventFeed, Item } from '@groundswell/feed';
import type { Clock } from '@groundswell/runtime';
import type { LeafIndex } from '../graph/leaf-index.js';
import { PENDING_MAX_BYTES, type Connection } from './connection.js';
import type { FriendsFrames, FriendsSnapshot } from './friends-frames.js';
import { hiddenAuthors } from './hidden-authors.js';
import { Inbox } from './inbox.js';
import { SharedFrame } from './shared-frame.js';
import { textFrame } from './text-frame.js';

/** A viewer who has missed more gets a snapshot. */
export const RESUME_MAX_BYTES = 1024 * 1024;

/** Deflating an item takes as long as writing it four times: for fewer viewers it does not pay. */
export const COMPRESS_MIN_AUDIENCE = 8;

export interface FriendsHubOptions {
  feed: EventFeed;
  index: LeafIndex;
  frames: FriendsFrames;
  clock: Clock;
  /** Position examined by this node, and the epoch it belongs to. */
  position: () => FriendsCursor;
  /** Bytes below which a frame is not compressed. */
  compressMin: () => number;
  /** Milliseconds: items for one socket within this time go out together; the first goes at once. */
  flushMs: () => number;
}

/** Friends: an item goes to the sockets of its author's friends, found in memory; the frame is made once. */
export class FriendsHub {
  private readonly feed: EventFeed;
  private readonly index: LeafIndex;
  private readonly frames: FriendsFrames;
  private readonly clock: Clock;
  private readonly position: () => FriendsCursor;
  private readonly compressMin: () => number;
  private readonly flushMs: () => number;
  private readonly waiting = new Set<Connection>();
  private timer: NodeJS.Timeout | undefined;

  constructor({ feed, index, frames, clock, position, compressMin, flushMs }: FriendsHubOptions) {
    this.feed = feed;
    this.index = index;
    this.frames = frames;
    this.clock = clock;
    this.position = position;
    this.compressMin = compressMin;
    this.flushMs = flushMs;
  }

  /** Starts the tab for a viewer who is in the index: from the cursor when what follows it is held. */
  attach(connection: Connection, cursor: FriendsCursor | null, rank: FriendsRank = 'latest'): void {
    connection.friends = true;
    connection.rank = rank;
    const { epoch, seq } = this.position();
    if (!cursor) return this.sendSnapshot(connection);
    if (cursor.epoch < epoch || (cursor.epoch === epoch && cursor.seq < this.feed.heldAfter)) {
      return this.sendSnapshot(connection, cursor.epoch < epoch ? 'epoch' : 'too_old');
    }
    // A cursor from the future means nothing new: items up to it have been examined elsewhere already.
    connection.lastItem = cursor.epoch > epoch ? seq : cursor.seq;
    this.resume(connection);
    // Sockets that never live until a mark is due would let a quiet viewer's cursor age out.
    if (seq > connection.lastItem) this.mark(connection);
  }

  detach(connection: Connection): void {
    connection.friends = false;
    this.waiting.delete(connection);
  }

  /** A new item: to everybody who may have it, once a recipient. */
  push(item: Item): void {
    const size = this.index.audienceSize(item);
    if (size === 0) return;
    const now = this.clock.monotonic();
    const compress = size >= COMPRESS_MIN_AUDIENCE;
    let shared: SharedFrame | undefined;
    this.index.forAudience(item, (recipient) => {
      if (recipient instanceof Inbox) return recipient.put(item);
      if (!recipient.friends || recipient.awaitsSnapshot || item.seq <= recipient.lastItem) return;
      // For those who poll nothing is encoded before they ask.
      shared ??= new SharedFrame(this.frames.item(item), this.compressMin());
      const frame = compress && recipient.deflates ? shared.deflated : shared.plain;
      this.deliver(recipient, { seq: item.seq, frame, now });
    });
  }

  /** W9: tells a viewer whom to hide. */
  hide(connection: Connection): void {
    connection.send({ t: 'hide', authors: hiddenAuthors(this.index, connection.member!) });
  }

  /** The graph has changed: tells those whose list it is that has; who polls is told when they ask. */
  hideAnew(): void {
    for (const member of this.index.takeShunChanges()) {
      this.index.forMember(member, (recipient) => {
        if (recipient instanceof Inbox) recipient.hideVersion = undefined;
        else this.hide(recipient);
      });
    }
  }

  /** Sends what waits, as far as the socket takes it. Called again when it drains. */
  flush(connection: Connection): void {
    if (!connection.open || connection.congested) return;
    if (connection.overflowed) this.startAnew(connection);
    if (connection.pending.length > 0) {
      connection.writeAll(connection.pending);
      connection.pending = [];
      connection.pendingBytes = 0;
    }
    connection.flushedAt = this.clock.monotonic();
    this.waiting.delete(connection);
  }

  /** Proof of no gap; left out while something waits, or a snapshot is to come, since it would not be true. */
  mark(connection: Connection): void {
    if (!connection.friends || connection.awaitsSnapshot) return;
    if (connection.pending.length > 0 || connection.overflowed) this.flush(connection);
    if (connection.pending.length > 0 || connection.overflowed || connection.congested) return;
    this.proveCursor(connection);
  }

  stop(): void {
    clearTimeout(this.timer);
    for (const connection of this.waiting) this.flush(connection);
  }

  private proveCursor(connection: Connection): void {
    connection.mark({ t: 'mark', tab: 'friends', cursor: this.position(), count: connection.itemsSent });
  }

  private deliver(connection: Connection, { seq, frame, now }: { seq: number; frame: Buffer; now: number }): void {
    this.enqueue(connection, seq, frame);
    if (now - connection.flushedAt >= this.flushMs()) this.flush(connection);
    else this.flushLater(connection);
  }

  private enqueue(connection: Connection, seq: number, frame: Buffer): void {
    connection.lastItem = seq;
    if (connection.overflowed) return;
    if (connection.pendingBytes + frame.length > PENDING_MAX_BYTES) {
      connection.itemsSent -= connection.pending.length;
      connection.pending = [];
      connection.pendingBytes = 0;
      connection.overflowed = true;
      return;
    }
    connection.pending.push(frame);
    connection.pendingBytes += frame.length;
    connection.itemsSent++;
  }

  private flushLater(connection: Connection): void {
    this.waiting.add(connection);
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      for (const waiting of this.waiting) this.flush(waiting);
    }, this.flushMs());
  }

  private startAnew(connection: Connection): void {
    connection.overflowed = false;
    this.sendSnapshot(connection, 'overflow');
  }

  /** At once, or, when the window holds too little, as soon as older stories have been read. */
  private sendSnapshot(connection: Connection, reset?: ResetFrame['reason']): void {
    const { rank } = connection;
    const member = connection.member!;
    const snapshot = this.frames.snapshot(member, rank);
    if (snapshot) return this.begin(connection, snapshot, reset);
    connection.awaitsSnapshot = true;
    void this.frames.withPast(member, rank, (made) => {
      connection.awaitsSnapshot = false;
      if (made && connection.open && connection.friends) this.begin(connection, made, reset);
    });
  }

  /** Items go on from the snapshot's cursor. */
  private begin(connection: Connection, { frame, cursor }: FriendsSnapshot, reset?: ResetFrame['reason']): void {
    if (reset) connection.send({ t: 'reset', tab: 'friends', reason: reset });
    connection.write(frame);
    connection.lastItem = cursor.seq;
    // One that was kept stands for an older position, which must not age out.
    if (this.position().seq > cursor.seq) this.proveCursor(connection);
  }

  /** All that was missed in one write, or, when that is too much, a snapshot: never a part of it. */
  private resume(connection: Connection): void {
    const missed: Buffer[] = [];
    let bytes = 0;
    for (const item of this.feed.itemsAfter(connection.lastItem)) {
      if (!this.index.sees(connection.member!, item)) continue;
      const frame = textFrame(this.frames.item(item));
      bytes += frame.length;
      if (bytes > RESUME_MAX_BYTES) return this.startAnew(connection);
      missed.push(frame);
      connection.lastItem = item.seq;
    }
    connection.writeAll(missed);
    connection.itemsSent += missed.length;
  }
}
