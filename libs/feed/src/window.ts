import type { AddOp, Audience, CommentOp, CountsOp, ItemOp, TombOp } from '@groundswell/protocol';
import { isOfItem, type Rendered } from './records.js';
import { Tail } from './tail.js';

/** An op of the log with what decides who gets it in Friends. */
export interface Item<T extends ItemOp = ItemOp> {
  seq: number;
  rendered: Rendered<T>;
  audience: Audience;
  /** Who wrote (or took back) it, and, for a comment, whose story it is under. */
  author: string;
  storyAuthor: string;
}

/** A story with its comments and counts in log order. */
export interface Story {
  item: Item<AddOp>;
  comments: readonly Item<CommentOp>[];
  counts: readonly Item<CountsOp>[];
}

/** A story that is held. Collections visit all of these: what most stories do not have takes no object. */
export interface HeldStory extends Story {
  /** The segment of Everyone that shows it, 0 while none does, and the form in which it does. */
  segment: number;
  form: Rendered<AddOp>;
  /** The next stories of its author that are held. */
  earlier: HeldStory | undefined;
  later: HeldStory | undefined;
}

const NONE: readonly never[] = [];

/**
 * The items between the first segment held and now, in log order, for both audiences, with the stories among them by id
 * and by author. Everything that is served comes from here.
 */
export class Window {
  private readonly items = new Tail<Item>();
  private readonly stories = new Map<string, HeldStory>();
  /** The newest of each. */
  private readonly byAuthor = new Map<string, HeldStory>();
  private readonly shownStories = new Tail<HeldStory>();
  private floor = 0;

  get size(): number {
    return this.items.size;
  }

  /** Positions up to this one are no longer held. */
  get heldAfter(): number {
    return this.floor;
  }

  /** Position of the newest item; when there is none, the end of what is no longer held. */
  get newest(): number {
    return this.items.size > 0 ? this.items.at(this.items.size - 1).seq : this.floor;
  }

  addStory(item: Item<AddOp>): void {
    this.items.push(item);
    const { author, rendered } = item;
    // An id can stand in the log twice, when a post was repeated long after the log had forgotten its key.
    const former = this.stories.get(rendered.op.id);
    if (former) this.unlink(former);
    const earlier = this.byAuthor.get(author);
    const story: HeldStory = {
      item,
      comments: NONE,
      counts: NONE,
      segment: 0,
      form: rendered,
      earlier,
      later: undefined,
    };
    if (earlier) earlier.later = story;
    this.byAuthor.set(author, story);
    this.stories.set(rendered.op.id, story);
  }

  /** A comment on a story that is no longer held is an item all the same. */
  addComment(item: Item<CommentOp>): void {
    this.items.push(item);
    const story = this.stories.get(item.rendered.op.of);
    if (story) story.comments = longer(story.comments, item);
  }

  addCounts(item: Item<CountsOp>): void {
    this.items.push(item);
    const story = this.stories.get(item.rendered.op.of);
    if (story) story.counts = longer(story.counts, item);
  }

  /** Segment n shows a story in this form. Called in the order of segments. */
  show(rendered: Rendered<AddOp>, n: number): void {
    const story = this.stories.get(rendered.op.id);
    if (!story) return;
    story.segment = n;
    story.form = rendered;
    this.shownStories.push(story);
  }

  /** Takes an item out and puts its tombstone in. `of`: the story, when a comment goes. */
  addTomb(tomb: Item<TombOp>, of?: string): void {
    const { id } = tomb.rendered.op;
    this.items.keep(({ rendered }) => !isOfItem(rendered, id));
    const story = this.stories.get(of ?? id);
    if (story && of !== undefined) story.comments = story.comments.filter(({ rendered }) => rendered.op.id !== id);
    else if (story) this.forget(story);
    this.items.push(tomb);
  }

  story(id: string): HeldStory | undefined {
    return this.stories.get(id);
  }

  /** The newest held story of an author, of both audiences; the others follow as the earlier ones. */
  newestBy(author: string): HeldStory | undefined {
    return this.byAuthor.get(author);
  }

  /** Held stories that Everyone shows, oldest first. */
  get everyone(): Pick<Tail<HeldStory>, 'size' | 'at'> {
    return this.shownStories;
  }

  /** Items with a position above `seq`, in log order. */
  after(seq: number): readonly Item[] {
    return this.items.from(this.indexAbove(seq));
  }

  /** Number of items with a position above `seq`. */
  countAfter(seq: number): number {
    return this.items.size - this.indexAbove(seq);
  }

  /** Drops everything up to and including position `seq`; comments go with their story. */
  dropUpTo(seq: number): void {
    if (seq <= this.floor) return;
    this.floor = seq;
    this.items.drop(this.indexAbove(seq), (item) => {
      const { op } = item.rendered;
      if (op.t !== 'add') return;
      const story = this.stories.get(op.id);
      if (story?.item !== item) return;
      this.stories.delete(op.id);
      this.unlink(story);
    });
    while (this.shownStories.size > 0 && this.shownStories.at(0).item.seq <= seq) this.shownStories.drop(1);
  }

  private indexAbove(seq: number): number {
    return this.items.first((item) => item.seq > seq);
  }

  private forget(story: HeldStory): void {
    const { id } = story.item.rendered.op;
    this.stories.delete(id);
    this.unlink(story);
    this.shownStories.keep(({ item }) => item.rendered.op.id !== id);
  }

  private unlink(story: HeldStory): void {
    const { item, earlier, later } = story;
    if (later) later.earlier = earlier;
    else if (earlier) this.byAuthor.set(item.author, earlier);
    else this.byAuthor.delete(item.author);
    if (earlier) earlier.later = later;
    story.earlier = story.later = undefined;
  }
}

/** With one more; `NONE` is shared and stays as it is. */
function longer<T>(list: readonly T[], item: T): readonly T[] {
  if (list.length === 0) return [item];
  (list as T[]).push(item);
  return list;
}

/** Index of the first element whose position is above `seq`; the list ascends. */
export function firstAbove(list: readonly { seq: number }[], seq: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (list[middle]!.seq <= seq) low = middle + 1;
    else high = middle;
  }
  return low;
}
