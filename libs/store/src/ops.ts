/** What a message of a log changes in one partition of a view. */
import type { Audience } from '@groundswell/protocol';
import type { Answer, SideChange } from '@groundswell/social';
import type { StoredAccount } from './notifier/accounts.js';

/** `seq` is the position of the message. Two ops of one message have the same. */
export type Op =
  /** A member's side towards another: bits cleared, then set. */
  | ({ kind: 'side'; seq: number } & SideChange)
  /** What is known of a member in one hash of all members; empty for nothing any more. */
  | { kind: 'field'; seq: number; view: FieldView; member: string; value: string }
  /** An item as it is now; nothing when it has been taken back. */
  | { kind: 'put'; seq: number; event: string; id: string; item: string }
  | { kind: 'tomb'; seq: number; event: string; id: string; tomb: string }
  /** Into, and out of, an author's newest statuses. */
  | { kind: 'recent'; seq: number; event: string; author: string; item: string }
  | { kind: 'unrecent'; seq: number; event: string; author: string; id: string; at: number }
  /** Into, and out of, the newest comments under one of an author's newest statuses; nothing when it is none of them. */
  | { kind: 'talk'; seq: number; event: string; author: string; of: string; comment: string }
  | { kind: 'untalk'; seq: number; event: string; author: string; of: string; at: number }
  /** The counts of one of these statuses, as of a position. */
  | { kind: 'told'; seq: number; event: string; author: string; of: string; counts: Counts }
  /** Into the history of an event; what is taken back stays there as a tomb. */
  | { kind: 'list'; seq: number; event: string; id: string }
  /** Into, and out of, a story's comments; both count. */
  | { kind: 'comment'; seq: number; event: string; story: Story; id: string }
  | { kind: 'uncomment'; seq: number; event: string; story: Story; at: number }
  /** What a member says to one watcher; undefined takes an answer back. */
  | { kind: 'consentTo'; seq: number; member: string; watcher: string; answer: Answer | undefined }
  /** A member watches another through a provider, from `at` on (Unix milliseconds), or does no longer. */
  | { kind: 'watch'; seq: number; provider: string; watcher: string; subject: string; on: boolean; at: number }
  /** So long a watcher wants to be left alone after a change, milliseconds; undefined: not at all. */
  | { kind: 'delay'; seq: number; provider: string; watcher: string; subject: string; delayMs: number | undefined }
  /**
   * Who a member is in another network; undefined: nobody any more. One that is lost is so only if it is still the one that was
   * connected at position `of`. With another account all pairs there begin anew, from `at` on (Unix milliseconds).
   */
  | { kind: 'account'; seq: number; provider: string; member: string; at: number; account: StoredAccount | undefined }
  /** A member of this network is watched by another, or no longer. */
  | { kind: 'watched'; seq: number; subject: string; watcher: string; on: boolean }
  /** A member likes a story, or does no longer. */
  | { kind: 'like'; seq: number; event: string; story: Story; member: string; on: boolean };

/** A hash of all members of a partition. */
export type FieldView = 'names' | 'details' | 'relationships' | 'consents' | 'addresses' | 'rhythms';

/** What must be known of a story to tell its counts. */
export interface Story {
  id: string;
  author: string;
  audience: Audience;
}

/** Comments and likes of a story, in all, up to position `asOf`. */
export interface Counts {
  comments: number;
  likes: number;
  asOf: number;
}

/** An op and the partition that it belongs to. */
export interface RoutedOp {
  partition: number;
  op: Op;
}
