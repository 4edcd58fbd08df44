/** Friends of one viewer as of now. */
import { SNAPSHOT_STORIES, type FriendsRank } from '@groundswell/protocol';
import { heldBefore, type Past } from './past.js';
import { rankFriends } from './rank-friends.js';
import type { Render } from './records.js';
import { engagementOf, present, type SnapshotStory } from './snapshot.js';
import type { HeldStory, Item, Story, Window } from './window.js';

/** What rank *top* chooses from: the newest so many. An older story would need far more likes than friends can give. */
export const TOP_CANDIDATES = 500;

/** Who looks, and how. */
export interface FriendsView {
  /** Whose comments count as liking an author; without it nobody is liked. */
  viewer?: string;
  /** Comments and older stories that the viewer may not see are left out; by default none. */
  sees?: (item: Item) => boolean;
  /** Default: `latest`. */
  rank?: FriendsRank;
  /**
   * Stories from before the window, which fill up what it lacks. `asOf` must lie within the window, or at its beginning.
   * Stories of others than the given authors are left out.
   */
  past?: Past;
}

interface Means {
  render: Render;
  tauMs: number;
}

/**
 * The stories of the given authors (friends and the viewer): the newest, newest first, or, with rank *top*, the ones that
 * stand highest among the newest, highest first.
 */
export function friendsSnapshot(
  window: Window,
  authors: readonly string[],
  { viewer, sees, rank = 'latest', past, render, tauMs }: FriendsView & Means,
): SnapshotStory[] {
  const newest: Story[] = newestOf(window, authors, rank === 'top' ? TOP_CANDIDATES : SNAPSHOT_STORIES);
  if (past && newest.length < SNAPSHOT_STORIES) {
    const known = new Set(authors);
    const older = heldBefore(window, past, render);
    newest.push(...older.filter(({ item }) => known.has(item.author) && (sees?.(item) ?? true)));
  }
  const stories = rank === 'top' ? top(newest, { viewer, tauMs }) : newest.slice(0, SNAPSHOT_STORIES);
  return stories.map((story) => present(story, { seq: Infinity, add: story.item.rendered, ...(sees ? { sees } : {}) }));
}

/** The stories that the viewer is likely to care for, among the given ones. */
function top(stories: readonly Story[], { viewer, tauMs }: { viewer: string | undefined; tauMs: number }): Story[] {
  const own = new Map<string, number>();
  for (const { item, comments } of stories) {
    // Who answers under a story of their own does not like its author the more for it.
    if (item.author === viewer) continue;
    for (const { author } of comments) if (author === viewer) own.set(item.author, (own.get(item.author) ?? 0) + 1);
  }
  const standings = stories.map((story) => ({
    story,
    own: own.get(story.item.author) ?? 0,
    engagement: engagementOf(story),
    at: story.item.rendered.op.at,
    seq: story.item.seq,
  }));
  return rankFriends(standings, { tauMs, size: SNAPSHOT_STORIES }).map(({ story }) => story);
}

/** The newest stories of many authors, newest first: merged through a heap that holds one entry an author. */
function newestOf(window: Window, authors: Iterable<string>, most: number): HeldStory[] {
  const heap: HeldStory[] = [];
  for (const author of authors) {
    const story = window.newestBy(author);
    if (story) heap.push(story);
  }
  for (let i = (heap.length >>> 1) - 1; i >= 0; i--) sink(heap, i);
  const newest: HeldStory[] = [];
  while (heap.length > 0 && newest.length < most) {
    const story = heap[0]!;
    newest.push(story);
    // What an author is done with is replaced by the last entry.
    const next = story.earlier ?? heap.pop()!;
    if (heap.length === 0) break;
    heap[0] = next;
    sink(heap, 0);
  }
  return newest;
}

/** Restores the heap (largest position on top) below `i`. */
function sink(heap: HeldStory[], i: number): void {
  for (;;) {
    const left = 2 * i + 1;
    if (left >= heap.length) return;
    const right = left + 1;
    const child = right < heap.length && heap[right]!.item.seq > heap[left]!.item.seq ? right : left;
    if (heap[i]!.item.seq >= heap[child]!.item.seq) return;
    [heap[i], heap[child]] = [heap[child]!, heap[i]!];
    i = child;
  }
}
