/**
 * Frames as JSON text, joined from ops that are already encoded. Key order is fixed: two nodes that hold the same
 * segment make the same bytes.
 */
import type { AddOp, CommentOp } from '@groundswell/protocol';
import type { RenderedOp } from './render-op.js';

/** What a segment frame is made of; see `SegFrame` in protocol. */
export interface SegmentParts {
  epoch: number;
  n: number;
  seq: readonly [number, number];
  at: number;
  seen: number;
  shown: number;
  ops: readonly RenderedOp[];
}

export function segmentJson({ epoch, n, seq, at, seen, shown, ops }: SegmentParts): string {
  const list = ops.map((op) => op.json).join(',');
  return `{"t":"seg","epoch":${epoch},"n":${n},"seq":[${seq[0]},${seq[1]}],"at":${at},"seen":${seen},"shown":${shown},"ops":[${list}]}`;
}

export function itemJson(seq: number, op: RenderedOp): string {
  return `{"t":"item","seq":${seq},"op":${op.json}}`;
}

/** A story of a snapshot: see `Story` in protocol. */
export interface StoryParts {
  add: RenderedOp<AddOp>;
  comments: readonly RenderedOp<CommentOp>[];
  commentCount: number;
  likes: number;
}

export interface SnapshotParts {
  stories: readonly StoryParts[];
  pinned?: readonly RenderedOp<AddOp>[];
}

/** A snapshot; `cursor` is already JSON-safe: plain numbers. What is pinned is left out when nothing is. */
export function snapshotJson(
  tab: 'everyone' | 'friends',
  cursor: { epoch: number; n: number } | { epoch: number; seq: number },
  { stories, pinned = [] }: SnapshotParts,
): string {
  const list = stories.map(storyJson).join(',');
  const pins = pinned.length > 0 ? `,"pinned":[${pinned.map(({ json }) => json).join(',')}]` : '';
  return `{"t":"snap","tab":"${tab}","cursor":${JSON.stringify(cursor)},"stories":[${list}]${pins}}`;
}

function storyJson({ add, comments, commentCount, likes }: StoryParts): string {
  const inline = comments.map((comment) => comment.json).join(',');
  return `{"add":${add.json},"comments":[${inline}],"commentCount":${commentCount},"likes":${likes}}`;
}
