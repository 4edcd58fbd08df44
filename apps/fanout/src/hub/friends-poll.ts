import type { Item } from '@groundswell/feed';
import type { FriendsCursor, FriendsHide, FriendsRank, FriendsSnapBody } from '@groundswell/protocol';
import type { Room } from '../intake/room.js';
import type { FriendsSnapshot } from './friends-frames.js';
import { hideUnless } from './hidden-authors.js';
import type { Inbox } from './inbox.js';
import { payloadOf } from './text-frame.js';

/** A reply holds so many items and bytes of them at most; the next poll, at once, gets the rest. */
export const REPLY_ITEMS = 100;
export const REPLY_BYTES = 256 * 1024;

/** Positions looked through for one reply, when the inbox does not reach back: one or two milliseconds of work. */
export const SCAN_POSITIONS = 10_000;

/**
 * What a viewer who polls is told. `cursor`: position examined, where the next poll goes on; `hide`: whom to hide, when
 * that is not what the caller holds.
 */
export type PollReply =
  | { kind: 'nothing'; cursor: FriendsCursor }
  /** `json`: item frames, in log order, none if there is only a `hide`; `more`: the reply was full. */
  | { kind: 'items'; cursor: FriendsCursor; json: string[]; more: boolean; hide?: FriendsHide }
  /** `json`: the `snap` of the socket protocol; `reset`: what follows the caller's cursor is not held. */
  | { kind: 'snapshot'; cursor: FriendsCursor; json: Buffer; reset?: Reset; hide?: FriendsHide };

type Reset = NonNullable<FriendsSnapBody['reset']>;

export interface Poll {
  /** Absent: from a snapshot. */
  after: FriendsCursor | undefined;
  rank: FriendsRank;
  /** Version of the list of hidden authors that the caller holds; absent: the caller takes no list. */
  hide?: string;
}

/**
 * F1: what there is for a viewer after a cursor. When that is nothing, it is decided by comparing three numbers and two
 * strings. A promise for a snapshot of which older stories must be read; it gives undefined when the viewer is no longer
 * looked after.
 */
export function pollFriends(room: Room, inbox: Inbox, poll: Poll): PollReply | Promise<PollReply | undefined> {
  const told = follow(room, inbox, poll);
  const { hide } = poll;
  if (hide === undefined) return told;
  if (told instanceof Promise) return told.then((made) => made && withHidden(made, hide, { room, inbox }));
  return withHidden(told, hide, { room, inbox });
}

function withHidden(told: PollReply, held: string, { room, inbox }: { room: Room; inbox: Inbox }): PollReply {
  const hide = hideUnless(held, room.index, inbox);
  if (!hide) return told;
  if (told.kind === 'nothing') return { kind: 'items', cursor: told.cursor, json: [], more: false, hide };
  return { ...told, hide };
}

function follow(room: Room, inbox: Inbox, { after, rank }: Poll): PollReply | Promise<PollReply | undefined> {
  const { feed } = room;
  const now = room.cursor;
  if (!after) return snapshotFor(room, inbox, rank);
  if (after.epoch < now.epoch) return snapshotFor(room, inbox, rank, 'epoch');
  // A cursor from the future means nothing new: what it has seen is not taken back.
  if (after.epoch > now.epoch || after.seq > now.seq) return { kind: 'nothing', cursor: after };
  if (after.seq < feed.heldAfter) return snapshotFor(room, inbox, rank, 'too_old');
  if (inbox.isQuietAfter(after.seq)) return { kind: 'nothing', cursor: now };
  inbox.forgetUpTo(feed.heldAfter);
  return itemsFor(room, inbox, after);
}

function snapshotFor(
  room: Room,
  { member }: Inbox,
  rank: FriendsRank,
  reset?: FriendsSnapBody['reset'],
): PollReply | Promise<PollReply | undefined> {
  // One that was kept may stand for an older position, after which nothing came for this viewer.
  const reply = ({ frame }: FriendsSnapshot): PollReply => ({
    kind: 'snapshot',
    cursor: room.cursor,
    json: payloadOf(frame),
    ...(reset ? { reset } : {}),
  });
  const frames = room.friendsFrames;
  const snapshot = frames.snapshot(member, rank);
  return snapshot ? reply(snapshot) : frames.withPast(member, rank, (made) => made && reply(made));
}

function itemsFor(room: Room, inbox: Inbox, after: FriendsCursor): PollReply {
  const { feed, index, friendsFrames } = room;
  const candidates: readonly Item[] = inbox.after(after.seq) ?? feed.itemsAfter(after.seq);
  const json: string[] = [];
  let bytes = 0;
  let examined = after.seq;
  for (const [i, item] of candidates.entries()) {
    const isFull = json.length === REPLY_ITEMS || bytes > REPLY_BYTES || i === SCAN_POSITIONS;
    if (isFull) return { kind: 'items', cursor: { epoch: after.epoch, seq: examined }, json, more: true };
    examined = item.seq;
    // What has come since may be hidden by now: somebody was blocked, or is no friend any more.
    if (!index.sees(inbox.member, item)) continue;
    json.push(friendsFrames.item(item));
    bytes += item.rendered.bytes;
  }
  const cursor = room.cursor;
  return json.length === 0 ? { kind: 'nothing', cursor } : { kind: 'items', cursor, json, more: false };
}
