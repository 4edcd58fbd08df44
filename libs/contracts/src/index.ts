export { ROLES, TOKEN_AUDIENCE, TOKEN_ISSUER, TokenClaims } from './claims.js';
export type { Role } from './claims.js';
export {
  CreateEventCommand,
  EndEventCommand,
  PostCommentCommand,
  PostStatusCommand,
  PostChosenCommand,
  PutAccountCommand,
  PutAddressCommand,
  PutConsentCommand,
  PutLettersCommand,
  PutProfileCommand,
  PutRelationshipCommand,
  PutWatchDelayCommand,
  QuietHoursField,
} from './commands.js';
export { envelope } from './envelope.js';
export type { Envelope, EnvelopeInput } from './envelope.js';
export { EventRecord, eventView, readEventRecord, writeEventRecord } from './event-record.js';
export {
  AuthorMessage,
  CommentMessage,
  CountsMessage,
  PinMessage,
  ReactMessage,
  RetractMessage,
  SegmentLevers,
  StatusMessage,
  TickAnchor,
  TickMessage,
} from './feed-messages.js';
export { EMPTY_LEDGER, NOTICES_KEPT, readLedger, readNotice, writeLedger } from './mail-ledger.js';
export type { LetterClaim, MailLedger, Notice, NoticeContent, ReconnectMark } from './mail-ledger.js';
export { readAccountAnswer, readAccountQuestion } from './account-questions.js';
export type { AccountAnswer, AccountFault, AccountQuestion } from './account-questions.js';
export { readCheckTask, readDeadTask, readMailTask, readNotifyTick } from './notify-messages.js';
export type {
  CheckTask,
  DeadTask,
  LetterTask,
  MailTask,
  NotifyTick,
  QuestionTask,
  ReconnectTask,
} from './notify-messages.js';
export { readContent, readSealed, sealedAbout, tokenAbout } from './private-messages.js';
export type {
  AccountContent,
  AddressContent,
  ConsentContent,
  LettersContent,
  PrivateContent,
  PrivateRecord,
  RelationshipContent,
  SealedMessage,
  SealedRecord,
  WatchContent,
} from './private-messages.js';
export { readFeed, readRaw, readSocial } from './read-log.js';
export type { FeedRecord, ReactRecord, SocialRecord, Stored } from './read-log.js';
export { BULK_MAX, FriendshipMessage, PairMessage, ProfileEntry, ProfileMessage } from './social-messages.js';
export { AuthFields, EveryoneCursorField, FriendsCursorField, HelloFields, ShowFields } from './socket-messages.js';
export {
  EVENTS,
  EVENTS_BUCKET,
  KEYS_BUCKET,
  LEASES_BUCKET,
  LETTERS_BUCKET,
  LEVERS_BUCKET,
  MAILED_BUCKET,
  NOTIFY,
  ORDERS_BUCKET,
  SOCIAL,
} from './streams.js';
export type { BucketDefinition, StreamDefinition } from './streams.js';
export {
  FEED_KINDS,
  parseFeedSubject,
  parseNotifySubject,
  parseRawSubject,
  parseSocialSubject,
  PRIVATE_KINDS,
  RAW_KINDS,
  SOCIAL_KINDS,
  subjects,
} from './subjects.js';
export type { FeedKind, NotifyKind, PrivateKind, RawKind, SocialKind } from './subjects.js';
