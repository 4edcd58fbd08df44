/** Snapshots: the newest stories with their newest comments, as of a position. */
import { INLINE_COMMENTS, SNAPSHOT_STORIES, type AddOp, type CommentOp } from '@groundswell/protocol';
import type { Rendered } from './records.js';
import { firstAbove, type HeldStory, type Item, type Window } from './window.js';

export interface SnapshotStory {
  add: Rendered<AddOp>;
  /** The newest, oldest first. */
  comments: Rendered<CommentOp>[];
  commentCount: number;
}

/** Everyone as of position `seq`: the newest public stories, newest first. */
export function everyoneSnapshot(window: Window, seq: number): SnapshotStory[] {
  const newest: SnapshotStory[] = [];
  for (let i = window.everyone.length - 1; i >= 0 && newest.length < SNAPSHOT_STORIES; i--) {
    const story = window.everyone[i]!;
    if (story.item.seq <= seq) newest.push(present(story, seq));
  }
  return newest;
}

/**
 * A viewer's Friends as of now: the newest stories of the given authors (friends and the viewer), newest first. The
 * newest of each author are merged through a heap that holds one entry an author.
 */
export function friendsSnapshot(window: Window, authors: Iterable<string>): SnapshotStory[] {
  const heap: Run[] = [];
  for (const author of authors) {
    const stories = window.storiesBy(author);
    if (stories.length > 0) heap.push({ stories, next: stories.length - 1 });
  }
  for (let i = (heap.length >>> 1) - 1; i >= 0; i--) sink(heap, i);
  const newest: SnapshotStory[] = [];
  while (heap.length > 0 && newest.length < SNAPSHOT_STORIES) {
    const top = heap[0]!;
    newest.push(present(top.stories[top.next]!, Infinity));
    if (--top.next < 0) {
      const last = heap.pop()!;
      if (heap.length === 0) break;
      if (last !== top) heap[0] = last;
    }
    sink(heap, 0);
  }
  return newest;
}

interface Run {
  stories: readonly HeldStory[];
  next: number;
}

const head = ({ stories, next }: Run): number => stories[next]!.item.seq;

/** Restores the heap (largest position on top) below `i`. */
function sink(heap: Run[], i: number): void {
  for (;;) {
    const left = 2 * i + 1;
    if (left >= heap.length) return;
    const right = left + 1;
    const child = right < heap.length && head(heap[right]!) > head(heap[left]!) ? right : left;
    if (head(heap[i]!) >= head(heap[child]!)) return;
    [heap[i], heap[child]] = [heap[child]!, heap[i]!];
    i = child;
  }
}

function present({ item, comments }: HeldStory, seq: number): SnapshotStory {
  const until = firstAbove(comments, seq);
  const inline = comments.slice(Math.max(0, until - INLINE_COMMENTS), until);
  return { add: item.rendered, comments: inline.map(({ rendered }: Item<CommentOp>) => rendered), commentCount: until };
}
