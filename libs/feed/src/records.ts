/** What this library reads: records of an event's log, in log order. Fields as in the messages of contracts. */
import type { AddOp, Audience, Author, CommentOp, CountsOp, ItemOp, Op } from '@groundswell/protocol';
import type { ContentLevers } from './content-levers.js';

interface At {
  audience: Audience;
  /** Position in the log. */
  seq: number;
}

interface ItemFields {
  id: string;
  at: number;
  author: Author;
  text: string;
  rev: number;
}

export interface StatusRecord extends At {
  kind: 'status';
  message: ItemFields;
}

export interface CommentRecord extends At {
  kind: 'comment';
  message: ItemFields & { of: string; ofAuthor: string; inReplyTo?: string };
}

export interface RetractRecord extends At {
  kind: 'retract';
  message: { id: string; author: string; of?: string; ofAuthor?: string };
}

export interface CountsRecord extends At {
  kind: 'counts';
  message: { of: string; ofAuthor: string; comments: number; likes: number; asOf: number };
}

/** An operator pinned a public story, or unpinned it. */
export interface PinRecord extends At {
  kind: 'pin';
  message: { story: PinnedStory; on: boolean };
}

/** A story as it stands in the log, with its position. */
type PinnedStory = ItemFields & { seq: number };

/** What a tick says of pins: those in force, newest first, and the position of the last turn that it knows of. */
export interface TickPins {
  asOf: number;
  stories: readonly PinnedStory[];
}

export type ItemRecord = StatusRecord | CommentRecord | RetractRecord | CountsRecord;

/** The tick fields that compose and the fence need. */
export interface Tick {
  n: number;
  prev: number;
  epoch: number;
  rules: number;
  at: number;
  social: number;
  leverRev: number;
  /** Those that it does not name are what they were before there were any. */
  levers: Partial<ContentLevers>;
  /** Absent as long as nothing was ever pinned. */
  pins?: TickPins;
  serveFrom: number;
  replayFrom: Anchor;
}

/** Tick `n` stands at position `seq`; n = 0: the event's beginning. */
export interface Anchor {
  n: number;
  seq: number;
}

/** An op with its encoding; made by a function that the caller gives, always the same for the same op. */
export interface Rendered<T extends Op = Op> {
  op: T;
  json: string;
  bytes: number;
}

export type Render = <T extends Op>(op: T) => Rendered<T>;

/** Whether an op is of a kind. */
export function isOp<T extends Op['t']>(t: T) {
  return (rendered: Rendered): rendered is Rendered<Extract<Op, { t: T }>> => rendered.op.t === t;
}

/** The id of the item that an op is about. */
export function itemOf(op: ItemOp): string {
  return op.t === 'counts' ? op.of : op.id;
}

/** Whether an op shows an item or what is counted of it. */
export function isOfItem({ op }: Rendered<ItemOp>, id: string): boolean {
  return op.t !== 'tomb' && itemOf(op) === id;
}

/** The op that a status, comment or count becomes. Key order is fixed: it decides the bytes. */
export function toOp(record: StatusRecord): AddOp;
export function toOp(record: CommentRecord): CommentOp;
export function toOp(record: CountsRecord): CountsOp;
export function toOp(record: StatusRecord | CommentRecord | CountsRecord): AddOp | CommentOp | CountsOp {
  if (record.kind === 'counts') {
    const { of, comments, likes, asOf } = record.message;
    return { t: 'counts', of, comments, likes, asOf };
  }
  const { kind, seq, audience, message: m } = record;
  const author = { id: m.author.id, name: m.author.name };
  if (kind === 'status') {
    const add: AddOp = { t: 'add', id: m.id, seq, at: m.at, author, text: m.text, rev: m.rev };
    if (audience === 'friends') add.audience = audience;
    return add;
  }
  const comment: CommentOp = { t: 'comment', id: m.id, of: m.of, seq, at: m.at, author, text: m.text, rev: m.rev };
  if (m.inReplyTo !== undefined) comment.inReplyTo = m.inReplyTo;
  return comment;
}
