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

/** A story that is held, with its comments and counts in log order. */
export interface HeldStory {
  item: Item<AddOp>;
  comments: Item<CommentOp>[];
  counts: Item<CountsOp>[];
  /** The segment of Everyone that shows it, and the form in which it does; absent while none does. */
  shown?: { n: number; rendered: Rendered<AddOp> };
}

/**
 * The items between the first segment held and now, in log order, for both audiences, with the stories among them by id
 * and by author. Everything that is served comes from here.
 */
export class Window {
  private readonly items = new Tail<Item>();
  private readonly stories = new Map<string, HeldStory>();
  private readonly byAuthor = new Map<string, HeldStory[]>();
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
    const story: HeldStory = { item, comments: [], counts: [] };
    this.stories.set(item.rendered.op.id, story);
    const own = this.byAuthor.get(item.author);
    if (own) own.push(story);
    else this.byAuthor.set(item.author, [story]);
  }

  /** A comment on a story that is no longer held is an item all the same. */
  addComment(item: Item<CommentOp>): void {
    this.items.push(item);
    this.stories.get(item.rendered.op.of)?.comments.push(item);
  }

  addCounts(item: Item<CountsOp>): void {
    this.items.push(item);
    this.stories.get(item.rendered.op.of)?.counts.push(item);
  }

  /** Segment n shows a story in this form. Called in the order of segments. */
  show(rendered: Rendered<AddOp>, n: number): void {
    const story = this.stories.get(rendered.op.id);
    if (!story) return;
    story.shown = { n, rendered };
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

  /** Held stories of an author, oldest first, both audiences. */
  storiesBy(author: string): readonly HeldStory[] {
    return this.byAuthor.get(author) ?? [];
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
    this.items.drop(this.indexAbove(seq), ({ author, rendered: { op } }) => {
      if (op.t === 'add') this.forgetOldest(author, op);
    });
    while (this.shownStories.size > 0 && this.shownStories.at(0).item.seq <= seq) this.shownStories.drop(1);
  }

  private indexAbove(seq: number): number {
    return this.items.first((item) => item.seq > seq);
  }

  /** An id can stand in the log twice, when a post was repeated long after the log had forgotten its key. */
  private forgetOldest(author: string, { id, seq }: AddOp): void {
    if (this.stories.get(id)?.item.seq === seq) this.stories.delete(id);
    const own = this.byAuthor.get(author);
    if (own?.[0]?.item.seq === seq) own.shift();
    if (own?.length === 0) this.byAuthor.delete(author);
  }

  private forget(story: HeldStory): void {
    this.stories.delete(story.item.rendered.op.id);
    const isOther = (held: HeldStory): boolean => held.item.rendered.op.id !== story.item.rendered.op.id;
    this.shownStories.keep(isOther);
    const left = this.storiesBy(story.item.author).filter(isOther);
    if (left.length > 0) this.byAuthor.set(story.item.author, left);
    else this.byAuthor.delete(story.item.author);
  }
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
