/** Public HTTP addresses and bodies: the same numbers as on the socket. */
import type { RemoteProvider } from './accounts.js';
import type { EveryoneCursor } from './cursor.js';
import type { SegFrame } from './frames.js';
import type { AddOp, Audience, CommentOp, Story } from './ops.js';
import type { ProfileBody } from './profile.js';

export const paths = {
  events: () => '/v1/events',
  event: (event: string) => `/v1/events/${event}`,
  statuses: (event: string) => `/v1/events/${event}/statuses`,
  status: (event: string, id: string) => `/v1/events/${event}/statuses/${id}`,
  like: (event: string, id: string) => `/v1/events/${event}/statuses/${id}/like`,
  pin: (event: string, id: string) => `/v1/events/${event}/statuses/${id}/pin`,
  comments: (event: string, id: string) => `/v1/events/${event}/statuses/${id}/comments`,
  comment: (event: string, id: string, comment: string) => `/v1/events/${event}/statuses/${id}/comments/${comment}`,
  friends: () => '/v1/friends',
  friend: (member: string) => `/v1/friends/${member}`,
  acceptance: (member: string) => `/v1/friends/${member}/acceptance`,
  blocks: () => '/v1/blocks',
  block: (member: string) => `/v1/blocks/${member}`,
  mutes: () => '/v1/mutes',
  mute: (member: string) => `/v1/mutes/${member}`,
  relationship: () => '/v1/relationship',
  relationshipConsent: () => '/v1/relationship/consent',
  mail: () => '/v1/mail',
  mailAddress: () => '/v1/mail/address',
  mailLetters: () => '/v1/mail/letters',
  notices: () => '/v1/notices',
  private: () => '/v1/private',
  watchers: () => '/v1/relationship/watchers',
  watcher: (member: string) => `/v1/relationship/watchers/${member}`,
  watches: () => '/v1/watches',
  watchDelay: (member: string) => `/v1/watches/${member}/delay`,
  watch: (member: string) => `/v1/watches/${member}`,
  accounts: () => '/v1/accounts',
  account: (provider: RemoteProvider) => `/v1/accounts/${provider}`,
  remoteWatches: (provider: RemoteProvider) => `/v1/watches/${provider}`,
  remoteWatch: (provider: RemoteProvider, subject: string) => `/v1/watches/${provider}/${encodeURIComponent(subject)}`,
  remoteWatchDelay: (provider: RemoteProvider, subject: string) =>
    `/v1/watches/${provider}/${encodeURIComponent(subject)}/delay`,
  profile: () => '/v1/profile',
  member: (member: string) => `/v1/members/${member}`,
  socialImport: () => '/v1/social/import',
  socket: () => '/v1/socket',
  time: (nonce: string) => `/v1/time/${nonce}`,
  head: (event: string, slotMs: number, slot: number) => `/v1/events/${event}/head/${slotMs}/${slot}`,
  segment: (event: string, epoch: number, n: number) => `/v1/events/${event}/${epoch}/segments/${n}`,
  /** Segments k × size + 1 to (k + 1) × size; size 8 or 64. */
  rollUp: (event: string, epoch: number, k: number, size: 8 | 64) =>
    `/v1/events/${event}/${epoch}/segments/${k}x${size}`,
  /** Who wrote in segments k × 8 + 1 to (k + 1) × 8. */
  authors: (event: string, epoch: number, k: number) => `/v1/events/${event}/${epoch}/authors/${k}`,
  /** Friends for those who poll. */
  friendsPoll: (event: string) => `/v1/events/${event}/friends`,
  stream: (event: string) => `/v1/events/${event}/stream`,
  snapshot: (event: string, epoch: number, n: number) => `/v1/events/${event}/${epoch}/snapshots/${n}`,
} as const;

/** `POST …/statuses` and `POST …/comments`. */
export interface PostStatusBody {
  text: string;
  /** Statuses only; default `everyone`. A comment has the audience of its story. */
  audience?: Audience;
}

export interface PostCommentBody {
  text: string;
  /** The comment of the same story that this one answers. */
  inReplyTo?: string;
}

/** 201: durable. `seq` is the position in the log; `at` Unix milliseconds. */
export interface PostedBody {
  id: string;
  seq: number;
  at: number;
}

/**
 * `GET …/statuses?before=&limit=`: public statuses, newest first, without comments. `before`: where the next page goes
 * on; null when there is none.
 */
export interface HistoryBody {
  t: 'history';
  stories: Story[];
  before: number | null;
}

/** `GET …/statuses/<id>?before=&limit=`: a status and a page of its comments, newest first. */
export interface ThreadBody {
  t: 'thread';
  story: Story;
  comments: CommentOp[];
  before: number | null;
}

/** 200 of `PUT` and `DELETE …/like`: `seq` is the position in the log. */
export interface LikedBody {
  seq: number;
}

/** 200 of `PUT` and `DELETE …/pin` (role operator): `seq` is the position in the log. */
export interface PinnedBody {
  seq: number;
}

/**
 * 200 of a friendship, a block, a mute or a profile: `seq` is a position in the SOCIAL log at which it stands. A
 * friendship that stood before is not written again.
 */
export interface SocialAcceptedBody {
  seq: number;
}

/** `POST /v1/events` (role operator). */
export interface EventBody {
  id: string;
  title: string;
}

export interface EventView extends EventBody {
  state: 'live' | 'ended';
  createdAt: number;
}

/** A member by id, with the name where one is known. */
export interface NamedMember {
  id: string;
  name: string;
}

/** `GET /v1/friends`: the signed-in member's friends, and who has asked. */
export interface FriendsView {
  friends: NamedMember[];
  /** Asked by the member and not answered yet. */
  asked: NamedMember[];
  /** Asked by others and waiting for this member's PUT. */
  waiting: NamedMember[];
}

/** `GET /v1/blocks`: whom the signed-in member blocks, not by whom they are blocked. */
export interface BlocksView {
  blocks: NamedMember[];
}

/** `GET /v1/mutes`: whom the signed-in member mutes. */
export interface MutesView {
  mutes: NamedMember[];
}

/** `GET /v1/profile`: what the signed-in member says of themselves. */
export interface ProfileView extends ProfileBody {
  id: string;
}

/** `GET /v1/members/{id}`: the part of a profile that everybody may know. */
export type MemberView = Pick<ProfileView, 'id' | 'name' | 'avatar'>;

/** A line of `POST /v1/social/import` (NDJSON). `edge` is a mutual friendship. */
export type ImportLine = { t: 'edge'; a: string; b: string } | ({ t: 'profile' } & ProfileView);

/** The last line of an import's answer: what is stored. `line` counts input lines, so a broken-off import resumes. */
export interface ImportResult {
  t: 'done';
  line: number;
  edges: number;
  profiles: number;
  seq: number;
}

/** Lines of an import's answer while it runs; `line` = all input up to it is stored. */
export interface ImportProgress {
  t: 'progress';
  line: number;
}

export interface TimeBody {
  t: 'time';
  now: number;
}

/** Head of Everyone: where the stream is, with its newest segments inline (`inline` ascending, ends at `n`). */
export interface HeadBody {
  t: 'head';
  v: 1;
  epoch: number;
  n: number;
  /** Number of the newest snapshot that can be fetched. */
  snap: number;
  slotMs: number;
  /** `at` of tick n, Unix milliseconds. */
  tsN: number;
  /** Time between polls, and the share of it by which clients spread out to both sides. */
  pollMs: number;
  jitter: number;
  /** How many times longer a hidden page waits; absent: 6. */
  hiddenFactor?: number;
  /** Sockets and streams that all nodes together hold open for the event; those who poll are not seen. */
  viewers: number;
  /** The server does not serve the stream now (H4): of use are only `pollMs` and, for who has nothing yet, the snapshot. */
  shed?: true;
  /** Ids taken down recently, while they can still be in reach of a cached page. */
  tombs: string[];
  /**
   * Who wrote in the segments after the last whole group (`AuthorsBody`) up to `n`: an author filter in base64, of the
   * group floor(n / 8). Absent when it would be too large.
   */
  filter?: string;
  /** Heads after which whoever polls Friends asks whatever the filters say; absent: 12. */
  fullPollEvery?: number;
  inline: SegFrame[];
  now: number;
}

/** Segments k × size + 1 to (k + 1) × size in one page. */
export interface RollUpBody {
  t: 'roll';
  epoch: number;
  k: number;
  size: 8 | 64;
  segments: SegFrame[];
}

/**
 * Who wrote what is public in segments k × 8 + 1 to (k + 1) × 8, shown or not, and under whose stories: an author filter
 * (`mayHoldAny`, group k) in base64.
 */
export interface AuthorsBody {
  t: 'authors';
  epoch: number;
  k: number;
  filter: string;
}

export interface SnapshotBody {
  t: 'snap';
  tab: 'everyone';
  cursor: EveryoneCursor;
  stories: Story[];
  /** What is pinned, newest pin first; absent when nothing is. */
  pinned?: AddOp[];
}
