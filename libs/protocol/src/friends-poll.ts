/**
 * Friends for those who poll (F1): `GET /v1/events/<event>/friends?after=<epoch>.<seq>&rank=&hide=`, with a bearer token.
 * The reply is a 200 with one of the bodies below, or a 204 when there is nothing new.
 */
import type { FriendsCursor } from './cursor.js';
import type { FriendsSnapFrame, ItemFrame, ResetFrame } from './frames.js';

/** On every reply, the 204 included: the cursor of the next poll, `<epoch>.<seq>`, and milliseconds until then. */
export const CURSOR_HEADER = 'Groundswell-Cursor';
export const POLL_MS_HEADER = 'Groundswell-Poll-Ms';

/**
 * Authors whom the viewer's device hides, as a `hide` frame has them (W9): the whole list, sent when it is not of the
 * version that `?hide=` names. Who has none yet names an empty one; who names none gets no list.
 */
export interface FriendsHide {
  /** Follows from the list, on whatever node. Not to be taken apart. */
  version: string;
  authors: string[];
}

/** Items that follow the cursor, in log order. */
export interface FriendsItemsBody {
  t: 'items';
  items: ItemFrame[];
  /** Position examined by the node: the cursor of the next poll. */
  next: FriendsCursor;
  /** The reply was full: there may be more, at once. */
  more: boolean;
  pollMs: number;
  hide?: FriendsHide;
}

/** Without a cursor, or with `reset` when what follows the cursor is no longer held: forget everything of the tab. */
export interface FriendsSnapBody extends FriendsSnapFrame {
  reset?: Exclude<ResetFrame['reason'], 'overflow'>;
  hide?: FriendsHide;
}
