/** Ops: what segments, items and snapshots are made of, in log order, idempotent by `id` and `rev`. */

export interface Author {
  id: string;
  name: string;
}

/** A part of the text with a meaning. Offsets are UTF-16 code units, end exclusive: `text.slice(start, end)`. */
export interface Facet {
  kind: 'link' | 'tag' | 'mention';
  start: number;
  end: number;
}

/** Who may see a story: everybody, or only the author's friends. */
export type Audience = 'everyone' | 'friends';

/** A new story. `at` is Unix milliseconds; `audience` is absent for public stories. */
export interface AddOp {
  t: 'add';
  id: string;
  seq: number;
  at: number;
  author: Author;
  text: string;
  facets?: Facet[];
  rev: number;
  audience?: 'friends';
  /** Near-duplicates that this story stands for; absent when there are none. */
  similar?: number;
}

/** A comment. `of` is always a story; a deeper reply keeps the comment that it answers in `inReplyTo`. */
export interface CommentOp {
  t: 'comment';
  id: string;
  of: string;
  seq: number;
  at: number;
  author: Author;
  text: string;
  facets?: Facet[];
  rev: number;
  inReplyTo?: string;
}

/**
 * How many comments and likes a story has, in all. Absolute: what has a smaller `asOf` (a position of the log) is older
 * and ignored.
 */
export interface CountsOp {
  t: 'counts';
  of: string;
  comments: number;
  likes: number;
  asOf: number;
}

/** A story or comment was taken back. Carries the id only, so that a takedown never repeats what it takes down. */
export interface TombOp {
  t: 'tomb';
  id: string;
}

/**
 * What an operator has pinned, from now on: replaces what was pinned before, newest pin first. Carries the stories whole,
 * since a pinned one can be older than anything a client holds. Everyone only.
 */
export interface PinOp {
  t: 'pin';
  stories: AddOp[];
}

/** What one message of the log becomes. */
export type ItemOp = AddOp | CommentOp | CountsOp | TombOp;

export type Op = ItemOp | PinOp;

/** A story as a snapshot shows it: the add, the newest comments (oldest first), how many there are in all, and likes. */
export interface Story {
  add: AddOp;
  comments: CommentOp[];
  commentCount: number;
  likes: number;
}

export type Tab = 'everyone' | 'friends';
