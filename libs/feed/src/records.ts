/** What this library reads: records of an event's log, in log order. Fields as in the messages of contracts. */
import type { AddOp, Audience, Author, CommentOp, Op } from '@groundswell/protocol';

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

export type ItemRecord = StatusRecord | CommentRecord | RetractRecord;

/** The tick fields that compose and the fence need. */
export interface Tick {
  n: number;
  prev: number;
  epoch: number;
  rules: number;
  at: number;
  social: number;
  leverRev: number;
  levers: { 'everyone.segment_ms': number; 'everyone.segment_max_bytes': number };
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

/** The op that a status or comment becomes. Key order is fixed: it decides the bytes. */
export function toOp(record: StatusRecord): AddOp;
export function toOp(record: CommentRecord): CommentOp;
export function toOp({ kind, seq, audience, message: m }: StatusRecord | CommentRecord): AddOp | CommentOp {
  const author = { id: m.author.id, name: m.author.name };
  if (kind === 'status') {
    const add: AddOp = { t: 'add', id: m.id, seq, at: m.at, author, text: m.text, rev: m.rev };
    return audience === 'friends' ? { ...add, audience } : add;
  }
  const comment: CommentOp = { t: 'comment', id: m.id, of: m.of, seq, at: m.at, author, text: m.text, rev: m.rev };
  return m.inReplyTo === undefined ? comment : { ...comment, inReplyTo: m.inReplyTo };
}
