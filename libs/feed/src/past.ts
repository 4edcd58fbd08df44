/** Stories from before the window, as a view of the log has them. */
import type { AddOp, CommentOp, CountsOp } from '@groundswell/protocol';
import { toOp, type CommentRecord, type CountsRecord, type Render, type StatusRecord } from './records.js';
import type { Item, Story, Window } from './window.js';

/** A story with the newest comments and counts that are known of it, oldest first. */
export interface PastStory {
  status: StatusRecord;
  comments: readonly CommentRecord[];
  counts?: CountsRecord['message'];
}

/** Stories of some authors, the newest of them without a gap. */
export interface Past {
  stories: readonly PastStory[];
  /** The stories hold everything up to this position of the log; of what came later, some. */
  asOf: number;
}

/**
 * The stories that the window does not hold any more, newest first, as they are now: with what the window has of them after
 * `asOf`, which it must reach back to.
 */
export function heldBefore(window: Window, { stories, asOf }: Past, render: Render): Story[] {
  const held = new Map<string, Story>();
  for (const story of stories.toSorted((a, b) => b.status.seq - a.status.seq)) {
    const { id } = story.status.message;
    // What was posted again is held, or known by its later form.
    if (story.status.seq > window.heldAfter || held.has(id) || window.story(id)) continue;
    // What is known from beyond the window's end comes as an item yet.
    held.set(id, heldStory(story, render, window.newest));
  }
  for (const item of window.after(asOf)) apply(held, item);
  return [...held.values()];
}

function heldStory({ status, comments, counts }: PastStory, render: Render, upTo: number): Story {
  const { seq, audience } = status;
  const author = status.message.author.id;
  const whose = { audience, author, storyAuthor: author };
  const item: Item<AddOp> = { ...whose, seq, rendered: render(toOp(status)) };
  const told = counts && { ...whose, kind: 'counts' as const, seq: counts.asOf, message: counts };
  return {
    item,
    comments: comments.filter((comment) => comment.seq <= upTo).map((comment) => heldComment(comment, render)),
    counts: told ? [{ ...whose, seq: told.seq, rendered: render(toOp(told)) }] : [],
  };
}

function heldComment(record: CommentRecord, render: Render): Item<CommentOp> {
  const { seq, audience, message } = record;
  return {
    seq,
    audience,
    author: message.author.id,
    storyAuthor: message.ofAuthor,
    rendered: render(toOp(record)),
  };
}

/** What has come after a story was read: it may be known of it already. */
function apply(held: Map<string, Story>, item: Item): void {
  const { op } = item.rendered;
  switch (op.t) {
    case 'comment': {
      const story = held.get(op.of);
      if (!story || story.comments.some(({ seq }) => seq === item.seq)) return;
      story.comments = [...story.comments, item as Item<CommentOp>].toSorted((a, b) => a.seq - b.seq);
      return;
    }
    case 'counts': {
      const story = held.get(op.of);
      if (story && op.asOf > (story.counts[0]?.rendered.op.asOf ?? 0)) story.counts = [item as Item<CountsOp>];
      return;
    }
    case 'tomb':
      if (held.delete(op.id)) return;
      for (const story of held.values()) {
        story.comments = story.comments.filter(({ rendered }) => rendered.op.id !== op.id);
      }
      return;
    case 'add':
      return;
    default:
      op satisfies never;
  }
}
