import type { LooseComment, StoryEntry } from '@groundswell/client';
import type { AddOp, CommentOp } from '@groundswell/protocol';

export const ANN = { id: 'ann', name: 'Ann Archer' };
export const BO = { id: 'bo', name: 'Bo Brandt' };

export function add(seq: number, fields: Partial<AddOp> = {}): AddOp {
  return { t: 'add', id: `story-${seq}`, seq, at: 0, author: BO, text: `Status ${seq}`, rev: 1, ...fields };
}

export function comment(seq: number, fields: Partial<CommentOp> = {}): CommentOp {
  const text = `Comment ${seq}`;
  return { t: 'comment', id: `comment-${seq}`, of: 'story-1', seq, at: 0, author: BO, text, rev: 1, ...fields };
}

export function storyEntry(seq: number, comments: CommentOp[] = [], fields: Partial<AddOp> = {}): StoryEntry {
  return {
    t: 'story',
    id: `story-${seq}`,
    add: add(seq, fields),
    comments,
    commentCount: comments.length,
    likes: 0,
    asOf: 0,
  };
}

export function looseEntry(seq: number): LooseComment {
  return { t: 'comment', id: `comment-${seq}`, comment: comment(seq) };
}
