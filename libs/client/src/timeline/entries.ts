import type { AddOp, CommentOp } from '@groundswell/protocol';

/** A story as a page shows it. Entries are never changed, only replaced: a changed one is another object. */
export interface StoryEntry {
  t: 'story';
  id: string;
  add: AddOp;
  /** The newest comments that are held, oldest first. */
  comments: readonly CommentOp[];
  /** How many comments there are in all. */
  commentCount: number;
  likes: number;
  /** Position of the log up to which the counts that were told last go; 0 when none were. */
  asOf: number;
}

/** A friend's comment on a story that is not in the list (Friends only). */
export interface LooseComment {
  t: 'comment';
  id: string;
  comment: CommentOp;
}

export type Entry = StoryEntry | LooseComment;
