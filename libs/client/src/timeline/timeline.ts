import type { AddOp, CommentOp, CountsOp, Op, Story, Tab } from '@groundswell/protocol';
import type { FeedEvent } from '../engine/states.js';
import { BoundedSet } from './bounded-set.js';
import type { Entry, StoryEntry } from './entries.js';
import { withoutHidden } from './without-hidden.js';

export interface TimelineOptions {
  /** Entries that are held; the oldest leave first. Default 200. */
  maxItems?: number;
  /** Comments that are held with a story; the oldest leave first. Default 50. */
  maxComments?: number;
}

/** Takedowns that are remembered, so that a repeated op cannot bring a thing back. */
const TOMBS = 1_000;

/**
 * What one tab shows: a bounded list of stories with their comments, newest first. Fed with ops in log order; an op
 * costs the same however many entries are held, and the sorted list is made only when somebody asks for it.
 */
export class Timeline {
  readonly tab: Tab;
  readonly #maxItems: number;
  readonly #maxComments: number;
  /** In log order: the first is the oldest. */
  readonly #entries = new Map<string, Entry>();
  /** Comment → its story, for every comment held with a story. */
  readonly #storyOf = new Map<string, string>();
  /** Story that is not held → loose comments on it. */
  readonly #looseOn = new Map<string, Set<string>>();
  readonly #tombs = new BoundedSet(TOMBS);
  readonly #listeners = new Set<() => void>();
  #pinned: readonly AddOp[] = [];
  #hidden: ReadonlySet<string> = new Set();
  #newestFirst: readonly Entry[] | undefined = [];
  #version = 0;
  #duplicates = 0;
  #added = 0;
  #seq = 0;

  constructor(tab: Tab, options: TimelineOptions = {}) {
    this.tab = tab;
    this.#maxItems = positive('maxItems', options.maxItems ?? 200);
    this.#maxComments = positive('maxComments', options.maxComments ?? 50);
  }

  /** Grows with every change. */
  get version(): number {
    return this.#version;
  }

  /** Ops that were already applied. */
  get duplicates(): number {
    return this.#duplicates;
  }

  /** Stories and comments that came since the timeline was made, those of snapshots left out. */
  get added(): number {
    return this.#added;
  }

  /** Highest log position that has been taken in. */
  get seq(): number {
    return this.#seq;
  }

  get size(): number {
    return this.#entries.size;
  }

  /** The entries, newest first, without what hidden authors wrote: the same array until something changes. */
  entries(): readonly Entry[] {
    this.#newestFirst ??= withoutHidden([...this.#entries.values()].toReversed(), this.#hidden);
    return this.#newestFirst;
  }

  /** What is pinned, newest pin first, whether it is among the entries or not, without what hidden authors wrote. */
  get pinned(): readonly AddOp[] {
    return this.#hidden.size === 0 ? this.#pinned : this.#pinned.filter(({ author }) => !this.#hidden.has(author.id));
  }

  /** Whether a story or comment is held. */
  has(id: string): boolean {
    return this.#entries.has(id) || this.#storyOf.has(id);
  }

  /** Calls `listener` after each change, synchronously; batching is the caller's. Returns how to end that. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Takes what a `FeedClient` emits; events of the other tab, and those without content, are left alone. */
  take(event: FeedEvent): void {
    if (event.t === 'snap' && event.frame.tab === this.tab)
      this.replace(event.frame.stories, 'pinned' in event.frame ? event.frame.pinned : []);
    else if (event.t === 'reset' && event.frame.tab === this.tab) this.clear();
    else if (event.t === 'tombs' && this.tab === 'everyone') {
      // Every head repeats them: what is known is no duplicate to count.
      this.apply(event.ids.filter((id) => !this.#tombs.has(id)).map((id) => ({ t: 'tomb', id })));
    } else if (event.t === 'seg' && this.tab === 'everyone') {
      this.apply(event.frame.ops);
      this.#seq = Math.max(this.#seq, event.frame.seq[1]);
    } else if (event.t === 'item' && this.tab === 'friends') {
      this.apply([event.frame.op]);
      this.#seq = Math.max(this.#seq, event.frame.seq);
    } else if (event.t === 'hide') {
      // Hidden, not dropped: who is shown again is so with what is held.
      this.#hidden = new Set(event.frame.authors);
      this.#changed();
    }
  }

  /** Applies ops in log order and tells subscribers once. */
  apply(ops: readonly Op[]): void {
    let changed = false;
    for (const op of ops) changed = this.#applyOne(op) || changed;
    if (changed) this.#changed();
  }

  /** Replaces everything by a snapshot, newest first as the server sends it. */
  replace(stories: readonly Story[], pinned: readonly AddOp[] = []): void {
    this.#forget();
    this.#pin(pinned);
    for (const story of stories.slice(0, this.#maxItems).toReversed()) {
      if (this.#tombs.has(story.add.id)) continue;
      const { add, likes } = story;
      // A cached snapshot can be from before a takedown.
      const comments = story.comments.filter(({ id }) => !this.#tombs.has(id));
      const commentCount = story.commentCount - (story.comments.length - comments.length);
      this.#see(add.seq);
      this.#put({ t: 'story', id: add.id, add, comments: this.#hold(comments), commentCount, likes, asOf: 0 });
      for (const comment of comments) this.#see(comment.seq);
    }
    this.#changed();
  }

  clear(): void {
    this.#forget();
    this.#changed();
  }

  #applyOne(op: Op): boolean {
    switch (op.t) {
      case 'add':
        this.#see(op.seq);
        return this.#add(op);
      case 'comment':
        this.#see(op.seq);
        return this.#comment(op);
      case 'counts':
        return this.#counts(op);
      case 'tomb':
        return this.#tomb(op.id);
      case 'pin':
        return this.#pin(op.stories);
      default:
        // An op of a later protocol version: nothing that this version could show.
        op satisfies never;
        return false;
    }
  }

  #add(add: AddOp): boolean {
    if (this.#tombs.has(add.id)) return this.#duplicate();
    const held = this.#entries.get(add.id);
    if (held?.t === 'story') {
      if (add.rev <= held.add.rev) return this.#duplicate();
      this.#put({ ...held, add });
      return true;
    }
    this.#added++;
    this.#put({ t: 'story', id: add.id, add, comments: [], commentCount: 0, likes: 0, asOf: 0 });
    return true;
  }

  #comment(comment: CommentOp): boolean {
    if (this.#tombs.has(comment.id) || this.#tombs.has(comment.of)) return this.#duplicate();
    const loose = this.#entries.get(comment.id);
    if (loose?.t === 'comment') {
      if (comment.rev <= loose.comment.rev) return this.#duplicate();
      this.#put({ ...loose, comment });
      return true;
    }
    const story = this.#entries.get(comment.of);
    if (story?.t === 'story') return this.#commentOn(story, comment);
    if (this.tab === 'everyone') return false;
    this.#added++;
    this.#put({ t: 'comment', id: comment.id, comment });
    const others = this.#looseOn.get(comment.of);
    if (others) others.add(comment.id);
    else this.#looseOn.set(comment.of, new Set([comment.id]));
    return true;
  }

  #commentOn(story: StoryEntry, comment: CommentOp): boolean {
    const at = this.#storyOf.has(comment.id) ? story.comments.findIndex(({ id }) => id === comment.id) : -1;
    const known = story.comments[at];
    if (known) {
      if (comment.rev <= known.rev) return this.#duplicate();
      this.#put({ ...story, comments: story.comments.with(at, comment) });
      return true;
    }
    this.#added++;
    const comments = this.#hold([...story.comments, comment]);
    this.#put({ ...story, comments, commentCount: story.commentCount + 1 });
    return true;
  }

  /** What is held may be ahead of the counts, never behind them. */
  #counts({ of, comments, likes, asOf }: CountsOp): boolean {
    const story = this.#entries.get(of);
    if (story?.t !== 'story') return false;
    if (asOf <= story.asOf) return this.#duplicate();
    this.#put({ ...story, commentCount: Math.max(comments, story.comments.length), likes, asOf });
    return true;
  }

  #pin(stories: readonly AddOp[]): boolean {
    this.#pinned = stories.filter(({ id }) => !this.#tombs.has(id));
    return true;
  }

  #tomb(id: string): boolean {
    const known = this.#tombs.has(id);
    this.#tombs.add(id);
    const wasPinned = this.#pinned.some((story) => story.id === id);
    if (wasPinned) this.#pinned = this.#pinned.filter((story) => story.id !== id);
    return this.#tombEntry(id, known) || wasPinned;
  }

  #tombEntry(id: string, known: boolean): boolean {
    const entry = this.#entries.get(id);
    if (entry) {
      this.#drop(entry);
      for (const loose of this.#looseOn.get(id) ?? []) this.#entries.delete(loose);
      this.#looseOn.delete(id);
      return true;
    }
    const orphans = this.#looseOn.get(id);
    if (orphans) {
      for (const loose of orphans) this.#entries.delete(loose);
      this.#looseOn.delete(id);
      return true;
    }
    const story = this.#entries.get(this.#storyOf.get(id) ?? '');
    if (story?.t !== 'story') return known ? this.#duplicate() : false;
    this.#storyOf.delete(id);
    const comments = story.comments.filter((comment) => comment.id !== id);
    this.#put({ ...story, comments, commentCount: Math.max(0, story.commentCount - 1) });
    return true;
  }

  /** Holds the newest comments of a list, oldest first, and remembers whose they are. */
  #hold(comments: readonly CommentOp[]): readonly CommentOp[] {
    const kept = comments.slice(-this.#maxComments);
    for (const { id } of comments.slice(0, comments.length - kept.length)) this.#storyOf.delete(id);
    for (const { id, of } of kept) this.#storyOf.set(id, of);
    return kept;
  }

  /** A new entry goes last, a known one keeps its place. The oldest leaves when there are too many. */
  #put(entry: Entry): void {
    this.#entries.set(entry.id, entry);
    if (this.#entries.size <= this.#maxItems) return;
    for (const oldest of this.#entries.values()) return this.#drop(oldest);
  }

  #drop(entry: Entry): void {
    this.#entries.delete(entry.id);
    if (entry.t === 'story') {
      for (const comment of entry.comments) this.#storyOf.delete(comment.id);
      return;
    }
    const others = this.#looseOn.get(entry.comment.of);
    others?.delete(entry.id);
    if (others?.size === 0) this.#looseOn.delete(entry.comment.of);
  }

  #duplicate(): false {
    this.#duplicates++;
    return false;
  }

  #see(seq: number): void {
    if (seq > this.#seq) this.#seq = seq;
  }

  #forget(): void {
    this.#entries.clear();
    this.#storyOf.clear();
    this.#looseOn.clear();
    this.#pinned = [];
  }

  #changed(): void {
    this.#version++;
    this.#newestFirst = undefined;
    for (const listener of this.#listeners) listener();
  }
}

function positive(name: string, value: number): number {
  if (!Number.isInteger(value) || value < 1) throw new RangeError(`${name} must be a whole number of 1 or more.`);
  return value;
}
