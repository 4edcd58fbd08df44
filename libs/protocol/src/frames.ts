/** Frames of the WebSocket protocol `groundswell.v1`. JSON text, each with a discriminator `t`. */
import type { ByeCode, ErrorCode } from './codes.js';
import type { EveryoneCursor, FriendsCursor } from './cursor.js';
import type { AddOp, ItemOp, Op, Story, Tab } from './ops.js';

/** The subprotocol that both sides name in the handshake. */
export const SUBPROTOCOL = 'groundswell.v1';

/**
 * First message of a client. A tab's cursor absent: the tab is not wanted; `null`: from a snapshot; else resume (W2).
 * Friends needs a token (W8).
 */
export interface HelloMessage {
  t: 'hello';
  event: string;
  token?: string;
  everyone?: EveryoneCursor | null;
  friends?: FriendsCursor | null;
  /** Order of Friends snapshots; absent: `latest`. */
  rank?: FriendsRank;
}

/** Order of a Friends snapshot: newest first, or first what this viewer is likely to care for. */
export const FRIENDS_RANKS = ['latest', 'top'] as const;

export type FriendsRank = (typeof FRIENDS_RANKS)[number];

/** Which tab is on screen. Everyone flows only while it is shown; Friends always does for a signed-in socket. */
export interface ShowMessage {
  t: 'show';
  tab: Tab;
}

/** Renews the token of a signed-in socket, before the old one expires; it must be the same member's. */
export interface AuthMessage {
  t: 'auth';
  token: string;
}

/** Answered with `pong`: lets a browser, which cannot send protocol pings, notice a dead connection. */
export interface PingMessage {
  t: 'ping';
}

export type ClientMessage = HelloMessage | ShowMessage | AuthMessage | PingMessage;

/** What clients are told to do differently; a subset of the operator's levers. */
export interface ClientLevers {
  /** A client that hears nothing for this long, twice, reconnects. Milliseconds. */
  pingMs: number;
}

export interface WelcomeFrame {
  t: 'welcome';
  epoch: number;
  node: string;
  /** Server clock, Unix milliseconds. */
  now: number;
  /** Largest text that a status or comment may have, in code points. */
  maxChars: number;
  levers: ClientLevers;
}

export interface EveryoneSnapFrame {
  t: 'snap';
  tab: 'everyone';
  cursor: EveryoneCursor;
  /** Newest first, at most 30. */
  stories: Story[];
  /** What is pinned, newest pin first; absent when nothing is. */
  pinned?: AddOp[];
}

export interface FriendsSnapFrame {
  t: 'snap';
  tab: 'friends';
  cursor: FriendsCursor;
  /** In the order that the viewer has chosen, at most 30. */
  stories: Story[];
}

/** Segment n: everything public between ticks n−1 and n. `seq` = [lowest, highest] position examined. */
export interface SegFrame {
  t: 'seg';
  epoch: number;
  n: number;
  seq: [number, number];
  at: number;
  /** Messages that could have been shown, and those that are; the difference was cut by a cap. */
  seen: number;
  shown: number;
  ops: Op[];
}

/** One Friends op. `seq` is its log position; a socket receives them in ascending order. */
export interface ItemFrame {
  t: 'item';
  seq: number;
  op: ItemOp;
}

/**
 * Proof of no gap (W3): position examined so far, and how many `item` (Friends) or `seg` (Everyone) frames this socket
 * has been sent since `welcome`.
 */
export type MarkFrame =
  | { t: 'mark'; tab: 'friends'; cursor: FriendsCursor; count: number }
  | { t: 'mark'; tab: 'everyone'; cursor: EveryoneCursor; count: number };

/**
 * Authors whom the viewer's device hides in Everyone, which is the same for all (W9): the whole list, after `welcome` to a
 * signed-in socket and whenever it changes.
 */
export interface HideFrame {
  t: 'hide';
  authors: string[];
}

/** The viewer fell too far behind: positions in (`from`, `to`] are not sent; `missed` of them were. A snap follows. */
export interface SkipFrame {
  t: 'skip';
  tab: Tab;
  from: number;
  to: number;
  missed: number;
}

/** Forget everything held of the tab; a snap follows. */
export interface ResetFrame {
  t: 'reset';
  tab: Tab;
  reason: 'epoch' | 'overflow' | 'too_old';
}

/** The server is about to close: come back after `afterMs`, with the cursors of the marks just sent. */
export interface ByeFrame {
  t: 'bye';
  code: ByeCode;
  afterMs: number;
}

export interface ErrorFrame {
  t: 'error';
  code: ErrorCode;
  message: string;
}

export interface PongFrame {
  t: 'pong';
}

export type ServerFrame =
  | WelcomeFrame
  | EveryoneSnapFrame
  | FriendsSnapFrame
  | SegFrame
  | ItemFrame
  | MarkFrame
  | SkipFrame
  | HideFrame
  | ResetFrame
  | ByeFrame
  | ErrorFrame
  | PongFrame;
