export { compose } from './compose.js';
export type { ComposeInput, Segment } from './compose.js';
export { contentLevers } from './content-levers.js';
export type { ContentLevers } from './content-levers.js';
export { EventFeed } from './event-feed.js';
export type { EventFeedOptions, Head, Sealed, Snapshot, TickInput } from './event-feed.js';
export type { FriendsView } from './friends-snapshot.js';
export { HELD_ITEMS, HELD_SEGMENTS, RULES } from './fence.js';
export type { FenceFault } from './fence.js';
export type { Past, PastStory } from './past.js';
export { isOfItem } from './records.js';
export type {
  Anchor,
  CommentRecord,
  CountsRecord,
  ItemRecord,
  PinRecord,
  Render,
  Rendered,
  RetractRecord,
  StatusRecord,
  Tick,
  TickPins,
} from './records.js';
export type { SnapshotStory } from './snapshot.js';
export type { Item } from './window.js';
