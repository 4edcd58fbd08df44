/** Snapshots: the newest stories with their newest comments, as of a position. */
import { INLINE_COMMENTS, type AddOp, type CommentOp } from '@groundswell/protocol';
import type { ContentLevers } from './content-levers.js';
import type { Rendered } from './records.js';
import { firstAbove, type HeldStory, type Item, type Story, type Window } from './window.js';

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
    if (story.segment < from) break;
    if (story.segment <= to) stories.push(story);
  }
  const chosen = isTop ? hottest(stories, { seq, tauMs: levers['everyone.hot_tau_s'] * 1000, size }) : stories;
  return chosen.map((story) => present(story, { seq, add: story.form }));
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
  const heat = (story: HeldStory): number =>
    Math.log1p(engagementOf(story, seq)) + (story.item.rendered.op.at - newest) / Math.max(1, tauMs);
  const ranked = stories.map((story) => ({ story, heat: heat(story) })).toSorted((a, b) => b.heat - a.heat);
  const chosen = new Set(ranked.slice(0, size).map(({ story }) => story));
  return stories.filter((story) => chosen.has(story));
}

interface Presentation {
  seq: number;
  /** The form in which the story is shown. */
  add: Rendered<AddOp>;
  sees?: (comment: Item) => boolean;
}

/** A story as of a position, with its newest comments, without those that are not for the viewer. */
export function present(story: Story, { seq, add, sees = () => true }: Presentation): SnapshotStory {
  const { comments } = story;
  const inline: Rendered<CommentOp>[] = [];
  for (let i = firstAbove(comments, seq) - 1; i >= 0 && inline.length < INLINE_COMMENTS; i--) {
    if (sees(comments[i]!)) inline.unshift(comments[i]!.rendered);
  }
  return { add, comments: inline, ...countsOf(story, seq) };
}

/** Comments and likes that a story has, as of a position. */
export function engagementOf(story: Story, seq = Infinity): number {
  const { commentCount, likes } = countsOf(story, seq);
  return commentCount + likes;
}

/** The newest counts as of a position; comments that are held may be ahead of them. */
function countsOf({ comments, counts }: Story, seq: number): { commentCount: number; likes: number } {
  const told = counts[firstAbove(counts, seq) - 1]?.rendered.op;
  return { commentCount: Math.max(told?.comments ?? 0, firstAbove(comments, seq)), likes: told?.likes ?? 0 };
}
