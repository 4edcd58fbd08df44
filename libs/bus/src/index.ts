export type { Published } from './acknowledgement.js';
export { openBucket } from './bucket.js';
export type { Bucket, Entry } from './bucket.js';
export type { Watching, WatchOptions } from './bucket-watch.js';
export { connectBus } from './bus.js';
export type { Bus, BusHealth, BusOptions } from './bus.js';
export { consumeOrdered } from './consume-ordered.js';
export type { Consumed, ConsumeOptions, Consumption } from './consume-ordered.js';
export type { Rests } from './puller.js';
export { announce, listen } from './core-messages.js';
export type { Listening } from './core-messages.js';
export { ensureBuckets, ensureStreams } from './ensure-streams.js';
export type { EnsureOptions } from './ensure-streams.js';
export {
  BUS_ERRORS,
  BusUnreachable,
  KeyExists,
  LogChanged,
  NoAnswer,
  Overloaded,
  PublishUnknown,
  Refused,
  StartBeyondEnd,
  StorageFull,
  StreamConfigRefused,
  StreamMissing,
  StreamUnavailable,
  WrongLastSequence,
} from './errors.js';
export type { BusErrorName, LogIdentity, SettingDifference } from './errors.js';
export { lease } from './lease.js';
export type { Lease, LeaseOptions } from './lease.js';
export { openLeverBoard } from './lever-board.js';
export type { LeverBoard, LeverBoardOptions, LeverChange } from './lever-board.js';
export { leverHistory, turnLever } from './lever-entries.js';
export type { LeverPast } from './lever-entries.js';
export type { Log } from './log.js';
export { memberKeys } from './member-keys.js';
export type { MemberKeys } from './member-keys.js';
export { publisher } from './publisher.js';
export type { Publisher, PublisherOptions, PublishOptions } from './publisher.js';
export { answer, ask } from './questions.js';
export type { AnswerOptions } from './questions.js';
export { countMessages, getMessage, removeMessage, streamInfo } from './stream-api.js';
export type { StreamSummary, Wanted } from './stream-api.js';
export { openWorkQueue } from './work-queue.js';
export type { Task, TakeOptions, WorkQueue, WorkQueueOptions } from './work-queue.js';
