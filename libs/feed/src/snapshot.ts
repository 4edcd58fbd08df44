/** Snapshots: the newest stories with their newest comments, as of a position. */
import { INLINE_COMMENTS, SNAPSHOT_STORIES, type AddOp, type CommentOp } from '@groundswell/protocol';
import type { ContentLevers } from './content-levers.js';
import type { Rendered } from './records.js';
import { firstAbove, type HeldStory, type Item, type Window } from './window.js';

export interface SnapshotStory {
  add: Rendered<AddOp>;
  /** The newest, oldest first. */
  comments: Rendered<CommentOp>[];
  commentCount: number;
  likes: number;
}

/** Segments of Everyone that a snapshot is taken from, with the levers of the last. */
export interface SnapshotRange {
  from: number;
  to: number;
  /** Position of tick `to`: what stands above it is not in the snapshot. */
  seq: number;
  levers: ContentLevers;
}

/** Everyone as of a segment, newest first: the newest stories shown, or, in mode *top*, the hottest of them. */
export function everyoneSnapshot(window: Window, { from, to, seq, levers }: SnapshotRange): SnapshotStory[] {
  const size = levers['page.initial_size'];
  const isTop = levers['everyone.mode'] === 'top';
  const most = isTop ? Infinity : size;
  const stories: HeldStory[] = [];
  for (let i = window.everyone.size - 1; i >= 0 && stories.length < most; i--) {
    const story = window.everyone.at(i);
    if (story.shown!.n < from) break;
    if (story.shown!.n <= to) stories.push(story);
  }
  const chosen = isTop ? hottest(stories, { seq, tauMs: levers['everyone.hot_tau_s'] * 1000, size }) : stories;
  return chosen.map((story) => present(story, { seq, add: story.shown!.rendered }));
}

/**
 * The stories that stand highest by ln(1 + engagement) + time/τ, in their own order. Time passes for all alike, so a
 * story's place changes only when somebody likes or comments: A. Salihefendic, "How Reddit ranking algorithms work" (2015).
 */
function hottest(
  stories: readonly HeldStory[],
  { seq, tauMs, size }: { seq: number; tauMs: number; size: number },
): HeldStory[] {
  const newest = stories[0]?.item.rendered.op.at ?? 0;
  const heat = (story: HeldStory): number => {
    const { commentCount, likes } = countsOf(story, seq);
    return Math.log1p(commentCount + likes) + (story.item.rendered.op.at - newest) / Math.max(1, tauMs);
  };
  const ranked = stories.map((story) => ({ story, heat: heat(story) })).toSorted((a, b) => b.heat - a.heat);
  const chosen = new Set(ranked.slice(0, size).map(({ story }) => story));
  return stories.filter((story) => chosen.has(story));
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
    const story = top.stories[top.next]!;
    newest.push(present(story, { seq: Infinity, add: story.item.rendered }));
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

function present(story: HeldStory, { seq, add }: { seq: number; add: Rendered<AddOp> }): SnapshotStory {
  const { comments } = story;
  const until = firstAbove(comments, seq);
  const inline = comments.slice(Math.max(0, until - INLINE_COMMENTS), until);
  return { add, comments: inline.map(({ rendered }: Item<CommentOp>) => rendered), ...countsOf(story, seq) };
}

/** The newest counts as of a position; comments that are held may be ahead of them. */
function countsOf({ comments, counts }: HeldStory, seq: number): { commentCount: number; likes: number } {
  const told = counts[firstAbove(counts, seq) - 1]?.rendered.op;
  return { commentCount: Math.max(told?.comments ?? 0, firstAbove(comments, seq)), likes: told?.likes ?? 0 };
}
