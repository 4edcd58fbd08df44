/** What a message of a log changes in one partition of a view. */
import type { Side } from '@groundswell/social';

/** `seq` is the position of the message. Two ops of one message have the same. */
export type Op =
  /** A member's side towards another: bits set, or cleared with 0. */
  | { kind: 'side'; seq: number; member: string; other: string; set: Side }
  | { kind: 'name'; seq: number; member: string; name: string }
  /** An item as it is now; nothing when it has been taken back. */
  | { kind: 'put'; seq: number; event: string; id: string; item: string }
  | { kind: 'tomb'; seq: number; event: string; id: string; tomb: string }
  /** Into, and out of, an author's newest statuses. */
  | { kind: 'recent'; seq: number; event: string; author: string; item: string }
  | { kind: 'unrecent'; seq: number; event: string; author: string; at: number }
  /** Into, and out of, a story's newest comments. */
  | { kind: 'comment'; seq: number; event: string; story: string; id: string }
  | { kind: 'uncomment'; seq: number; event: string; story: string; at: number };

/** An op and the partition that it belongs to. */
export interface RoutedOp {
  partition: number;
  op: Op;
}
