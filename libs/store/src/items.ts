import type { Audience, Author } from '@groundswell/protocol';

interface Written {
  id: string;
  event: string;
  /** Position in EVENTS. */
  seq: number;
  /** Unix milliseconds. */
  at: number;
  rev: number;
  author: Author;
  text: string;
  audience: Audience;
}

export interface StatusItem extends Written {
  kind: 'status';
}

export interface CommentItem extends Written {
  kind: 'comment';
  /** The story, and its author. */
  of: string;
  ofAuthor: string;
  inReplyTo?: string;
}

/** What is left of an item that was taken back: not its text. */
export interface TombItem {
  kind: 'tomb';
  id: string;
  event: string;
  /** Position of the retraction. */
  seq: number;
  at: number;
  /** Member who wrote it. */
  author: string;
}

export type Item = StatusItem | CommentItem | TombItem;
