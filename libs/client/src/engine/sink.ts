import type {
  EveryoneCursor,
  EveryoneSnapFrame,
  FriendsCursor,
  FriendsSnapFrame,
  HideFrame,
  ItemFrame,
  ResetFrame,
  SegFrame,
  SkipFrame,
} from '@groundswell/protocol';

/** What a transport other than the socket brings for Everyone. */
export type CarriedFrame =
  | SegFrame
  | EveryoneSnapFrame
  | SkipFrame
  | ResetFrame
  /** Ids that a head says were taken down. */
  | { t: 'tombs'; ids: readonly string[] };

/** What a transport other than the socket brings for Friends. */
export type CarriedFriendsFrame =
  | ItemFrame
  | FriendsSnapFrame
  | ResetFrame
  | HideFrame
  /** There is nothing more up to here. */
  | { t: 'examined'; cursor: FriendsCursor };

/** Where transports hand over what they bring. All of them move the one cursor, so none can tell a thing twice. */
export interface EveryoneSink {
  /** The highest segment taken in, by whatever transport. */
  readonly cursor: EveryoneCursor | null;
  /** Highest epoch ever seen. */
  readonly epoch: number;
  take(frame: CarriedFrame): void;
}

/** The same for Friends. */
export interface FriendsSink {
  /** The position up to which everything has been taken in. */
  readonly cursor: FriendsCursor | null;
  take(frame: CarriedFriendsFrame): void;
}
