export type { FallbackOptions } from './carriers/fallback.js';
export type { StreamAnswer, StreamFetch, StreamReader, StreamRequest } from './carriers/stream-fetch.js';
export type { AccountCommands } from './commands/account-commands.js';
export { CommandRefused, CommandUnavailable, UnexpectedAnswer } from './commands/command-errors.js';
export { createCommands } from './commands/commands.js';
export type { CommandsOptions, Commands, CommentDraft, StatusDraft } from './commands/commands.js';
export { newIdempotencyKey } from './commands/http.js';
export type { FetchLike, HttpAnswer, HttpRequest } from './commands/http.js';
export type { LetterCommands } from './commands/letter-commands.js';
export type { PeopleCommands } from './commands/people-commands.js';
export type { RelationshipCommands, RelationshipDraft } from './commands/relationship-commands.js';
export { retryDelay } from './engine/backoff.js';
export { FeedStopped } from './engine/feed-stopped.js';
export { ReceiveEngine } from './engine/receive-engine.js';
export type { EngineOptions } from './engine/receive-engine.js';
export type { CarriedFrame } from './engine/sink.js';
export type {
  Carrier,
  ConnectionState,
  Effect,
  FeedEvent,
  FeedStats,
  Input,
  TimerName,
  WaitReason,
} from './engine/states.js';
export type { ClientClock, SocketConstructor, SocketLike, Timers } from './feed/environment.js';
export { FeedClient } from './feed/feed-client.js';
export type { FeedListener, FeedOptions } from './feed/feed-client.js';
export { socketAddress } from './feed/socket-address.js';
export type { Entry, LooseComment, StoryEntry } from './timeline/entries.js';
export { Timeline } from './timeline/timeline.js';
export type { TimelineOptions } from './timeline/timeline.js';
