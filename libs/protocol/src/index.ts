export { ACCOUNT_TOKEN, CHOSEN_MAX, NEEDS_TOKEN, REMOTE_ACCOUNT, REMOTE_PROVIDERS } from './accounts.js';
export type {
  AccountBody,
  AccountLoss,
  AccountsView,
  AccountView,
  ChosenBody,
  RemoteNetwork,
  RemoteProvider,
  RemoteWatch,
} from './accounts.js';
export { AUTHORS_GROUP, encodeAuthors, FILTER_AUTHORS_MAX, FilterInvalid, mayHoldAny } from './author-filter.js';
export { formatCursor, isOlder, isPosition, parseCursor } from './cursor.js';
export type { EveryoneCursor, FriendsCursor } from './cursor.js';
export { CLOSE, ERRORS, retryAfterClose } from './codes.js';
export type { ByeCode, CloseEvent, CloseName, ErrorCode } from './codes.js';
export { FRIENDS_RANKS, SUBPROTOCOL } from './frames.js';
export type {
  AuthMessage,
  ByeFrame,
  ClientLevers,
  ClientMessage,
  ErrorFrame,
  EveryoneSnapFrame,
  FriendsRank,
  FriendsSnapFrame,
  HelloMessage,
  HideFrame,
  ItemFrame,
  MarkFrame,
  PingMessage,
  PongFrame,
  ResetFrame,
  SegFrame,
  ServerFrame,
  ShowMessage,
  SkipFrame,
  WelcomeFrame,
} from './frames.js';
export { CURSOR_HEADER, POLL_MS_HEADER } from './friends-poll.js';
export type { FriendsHide, FriendsItemsBody, FriendsSnapBody } from './friends-poll.js';
export { paths } from './http.js';
export type {
  AuthorsBody,
  BlocksView,
  EventBody,
  EventView,
  FriendsView,
  HeadBody,
  ImportLine,
  ImportProgress,
  ImportResult,
  MemberView,
  MutesView,
  NamedMember,
  PinnedBody,
  PostCommentBody,
  HistoryBody,
  LikedBody,
  PostedBody,
  PostStatusBody,
  ProfileView,
  RollUpBody,
  SnapshotBody,
  SocialAcceptedBody,
  ThreadBody,
  TimeBody,
} from './http.js';
export { hash32 } from './hash.js';
export { EVENT_ID, IDEMPOTENCY_KEY, ITEM_ID, MEMBER_ID } from './identifiers.js';
export {
  CLIENT_FRAME_MAX_BYTES,
  HELLO_TIMEOUT_MS,
  INLINE_COMMENTS,
  NAME_MAX_CHARS,
  SNAPSHOT_STORIES,
} from './limits.js';
export type {
  AddOp,
  Audience,
  Author,
  CommentOp,
  CountsOp,
  Facet,
  ItemOp,
  Op,
  PinOp,
  Story,
  Tab,
  TombOp,
} from './ops.js';
export { problem, PROBLEMS } from './problems.js';
export type { Problem, ProblemCode } from './problems.js';
export { profileFault, PROFILE_RULES } from './profile.js';
export type { ProfileBody, ProfileField } from './profile.js';
export { codePoints, MAX_CHARS, textFault, TEXT_FAULTS } from './text.js';
export type { TextFault } from './text.js';
export { ADDRESS_MAX, USUAL_LETTERS } from './mail.js';
export type { LetterSettings, MailView, NoticesView, NoticeView, PrivateExport, StopReason } from './mail.js';
export { RELATIONSHIP_STATUSES } from './relationship.js';
export type {
  ConsentView,
  RelationshipStatus,
  RelationshipView,
  WatchConsent,
  WatchDelay,
  WatchersView,
  WatchesView,
} from './relationship.js';
