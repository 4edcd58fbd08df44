import type { FeedRecord, ReactRecord } from '@groundswell/contracts';
import type { CommentItem, StatusItem, TombItem } from './items.js';
import { historyPart, historyPartition, partitionOf } from './keys.js';
import type { Op, RoutedOp } from './ops.js';

/** What a message of EVENTS changes, in order: nothing for pins and ticks. */
export function itemOps(record: FeedRecord): RoutedOp[] {
  switch (record.kind) {
    case 'status':
      return statusOps(record);
    case 'comment':
      return commentOps(record);
    case 'retract':
      return retractOps(record);
    case 'counts':
      return countsOps(record);
    case 'pin':
    case 'tick':
      return [];
  }
}

/** What a reaction changes. */
export function reactOps({ event, seq, message }: ReactRecord): RoutedOp[] {
  const { of, ofAuthor, audience, member, on } = message;
  return [to(of, { kind: 'like', seq, event, story: { id: of, author: ofAuthor, audience }, member, on })];
}

type Of<K extends FeedRecord['kind']> = Extract<FeedRecord, { kind: K }>;

function statusOps({ event, audience, seq, message }: Of<'status'>): RoutedOp[] {
  const { id, at, author, text, rev } = message;
  const status: StatusItem = { kind: 'status', id, event, seq, at, rev, author, text, audience };
  const item = JSON.stringify(status);
  const ops = [
    to(id, { kind: 'put', seq, event, id, item }),
    to(author.id, { kind: 'recent', seq, event, author: author.id, item }),
  ];
  if (audience === 'friends') return ops;
  const partition = historyPartition(event, historyPart(seq));
  return [...ops, { partition, op: { kind: 'list', seq, event, id } }];
}

function commentOps({ event, audience, seq, message }: Of<'comment'>): RoutedOp[] {
  const { id, at, author, text, rev, of, ofAuthor, inReplyTo } = message;
  const written = { id, event, seq, at, rev, author, text, audience, of, ofAuthor };
  const comment: CommentItem = { kind: 'comment', ...written, ...(inReplyTo === undefined ? {} : { inReplyTo }) };
  const item = JSON.stringify(comment);
  return [
    to(id, { kind: 'put', seq, event, id, item }),
    to(of, { kind: 'comment', seq, event, story: { id: of, author: ofAuthor, audience }, id }),
    to(ofAuthor, { kind: 'talk', seq, event, author: ofAuthor, of, comment: item }),
  ];
}

function countsOps({ event, seq, message }: Of<'counts'>): RoutedOp[] {
  const { of, ofAuthor, comments, likes, asOf } = message;
  return [to(ofAuthor, { kind: 'told', seq, event, author: ofAuthor, of, counts: { comments, likes, asOf } })];
}

function retractOps({ event, audience, seq, message }: Of<'retract'>): RoutedOp[] {
  const { id, seq: at, author, of, ofAuthor = author } = message;
  const tomb: TombItem = { kind: 'tomb', id, event, seq, at: message.at, author };
  const gone = to(id, { kind: 'tomb', seq, event, id, tomb: JSON.stringify(tomb) });
  if (of === undefined) return [gone, to(author, { kind: 'unrecent', seq, event, author, id, at })];
  return [
    gone,
    to(of, { kind: 'uncomment', seq, event, story: { id: of, author: ofAuthor, audience }, at }),
    to(ofAuthor, { kind: 'untalk', seq, event, author: ofAuthor, of, at }),
  ];
}

function to(id: string, op: Op): RoutedOp {
  return { partition: partitionOf(id), op };
}
