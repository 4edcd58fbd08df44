import type { Item } from '@groundswell/feed';
import { follows, shuns, STRANGERS, type Side } from '@groundswell/social';
import { drawOf, limitOf } from './author-sample.js';
import { Members } from './members.js';
import { NumberList } from './number-list.js';
import type { Recipient } from './recipient.js';
import { ShunChanges } from './shun-changes.js';
import { SideTable } from './side-table.js';

/** A side's bit of our own: the viewer stands in the author's leaf. */
const LINKED = 128;

/** A signed-in member on this node. */
interface Viewer {
  id: string;
  number: number;
  sides: SideTable;
  recipients: Recipient[];
  /** Authors followed, were there no bound. */
  authors: number;
  /** Authors with a higher draw are not followed. */
  limit: number;
  /** See `stampOf`. */
  stamp: number;
}

type Whose = Pick<Item, 'author' | 'storyAuthor' | 'audience'>;

/**
 * Author → viewers on this node who follow the author, or are the author. Built when a viewer comes, kept up by changes of
 * the graph, freed when the last recipient of a member goes. Members are numbers in here: 4 bytes for each place in a leaf, 5
 * for each side.
 */
export class LeafIndex {
  private readonly members = new Members();
  private readonly viewers = new Map<number, Viewer>();
  private readonly leaves = new Map<number, NumberList>();
  /** Author → viewers who must not see what the author writes. */
  private readonly shunners = new Map<number, Set<number>>();
  readonly shunChanges = new ShunChanges();
  private stamps = 0;

  /** `maxAuthors`: authors that a viewer follows at most; of more, a fixed sample (`author-sample`). */
  constructor(private readonly maxAuthors: () => number = () => Infinity) {}

  /** Members connected. */
  get size(): number {
    return this.viewers.size;
  }

  /** Members known: those connected, and whom their sides name. */
  get known(): number {
    return this.members.size;
  }

  has(member: string): boolean {
    return this.viewerOf(member) !== undefined;
  }

  /** What a connected member's side says of another; strangers when either is not known. */
  side(member: string, other: string): Side {
    const number = this.members.find(other);
    return number === undefined ? STRANGERS : (this.viewerOf(member)?.sides.get(number) ?? STRANGERS) & ~LINKED;
  }

  /** A number that is another one as soon as there is something new for a connected member; 0 for others. */
  stampOf(member: string): number {
    return this.viewerOf(member)?.stamp ?? 0;
  }

  /** Adds a recipient. `sides` is needed for the first one of a member, and ignored for the others. */
  add(member: string, recipient: Recipient, sides: ReadonlyMap<string, Side>): void {
    const known = this.viewerOf(member);
    if (known) {
      known.recipients.push(recipient);
      return;
    }
    const number = this.members.hold(member);
    const entries = [...sides].map(([other, side]) => [this.members.hold(other), side] as const);
    const viewer: Viewer = {
      id: member,
      number,
      sides: new SideTable(entries),
      recipients: [recipient],
      authors: 0,
      limit: Infinity,
      stamp: ++this.stamps,
    };
    this.viewers.set(number, viewer);
    this.link(number, viewer);
    for (const [other, side] of entries) {
      if (shuns(side)) this.bar(other, viewer);
      if (follows(side)) viewer.authors++;
    }
    this.balance(viewer);
  }

  remove(member: string, recipient: Recipient): void {
    const viewer = this.viewerOf(member);
    if (!viewer) return;
    const at = viewer.recipients.indexOf(recipient);
    if (at !== -1) viewer.recipients.splice(at, 1);
    if (viewer.recipients.length > 0) return;
    viewer.sides.forEach((other, side) => {
      if (side & LINKED) this.unlink(other, viewer);
      if (shuns(side)) this.unbar(other, viewer);
      this.members.release(other);
    });
    this.unlink(viewer.number, viewer);
    this.viewers.delete(viewer.number);
    this.members.release(viewer.number);
  }

  /** The side of a connected member changes; other members are nobody's concern here. */
  set(member: string, other: string, side: Side): void {
    const viewer = this.viewerOf(member);
    if (!viewer) return;
    // Held while it is worked on, so that the number stays.
    const number = this.members.hold(other);
    const before = viewer.sides.get(number);
    viewer.stamp = ++this.stamps;
    viewer.sides.set(number, side === STRANGERS ? STRANGERS : side | (before & LINKED));
    if (before === STRANGERS && side !== STRANGERS) this.members.hold(other);
    if (shuns(before) !== shuns(side)) {
      this.shunChanges.note(member, other, shuns(before));
      if (shuns(side)) this.bar(number, viewer);
      else this.unbar(number, viewer);
    }
    if (side === STRANGERS && before & LINKED) this.unlink(number, viewer);
    if (follows(before) !== follows(side)) {
      viewer.authors += follows(side) ? 1 : -1;
      if (viewer.authors <= this.maxAuthors() && viewer.limit === Infinity) this.settle(viewer, number);
      else this.balance(viewer);
    }
    if (before !== STRANGERS && side === STRANGERS) this.members.release(number);
    this.members.release(number);
  }

  /** Whose stories a member sees: friends, and the member. */
  authorsOf(member: string): string[] {
    const authors = [member];
    this.viewerOf(member)?.sides.forEach((other, side) => {
      if (side & LINKED) authors.push(this.members.id(other));
    });
    return authors;
  }

  /** Whose texts a member must not see. */
  shunnedBy(member: string): string[] {
    const shunned: string[] = [];
    this.viewerOf(member)?.sides.forEach((other, side) => {
      if (shuns(side)) shunned.push(this.members.id(other));
    });
    return shunned;
  }

  /** The connected members whose `shunnedBy` is another one than when this was last asked. */
  takeShunChanges(): string[] {
    return this.shunChanges.take((viewer, other) => shuns(this.side(viewer, other)));
  }

  /** Calls `use` with the recipients of a connected member. */
  forMember(member: string, use: (recipient: Recipient) => void): void {
    for (const recipient of this.viewerOf(member)?.recipients ?? []) use(recipient);
  }

  /** At most so many viewers get an item. */
  audienceSize(item: Whose): number {
    return this.leavesOf(item).reduce((sum, { size }) => sum + size, 0);
  }

  /**
   * Calls `use` with the recipients that get an item, with some twice: those of the author's leaf and, for a comment, of the
   * story's. What is for friends only is seen by those of the story's author and nobody else; nobody sees what somebody
   * writes whom they shun, nor what is said below it.
   */
  forAudience(item: Whose, use: (recipient: Recipient) => void): void {
    const stamp = ++this.stamps;
    const ofAuthor = this.shunnersOf(item.author);
    const ofStory = item.storyAuthor === item.author ? undefined : this.shunnersOf(item.storyAuthor);
    for (const leaf of this.leavesOf(item)) {
      for (let i = 0; i < leaf.size; i++) {
        const number = leaf.at(i);
        if (ofAuthor?.has(number) || ofStory?.has(number)) continue;
        const viewer = this.viewers.get(number)!;
        viewer.stamp = stamp;
        for (const recipient of viewer.recipients) use(recipient);
      }
    }
  }

  /** Whether a connected member may have an item: the same rule, seen from the viewer. */
  sees(member: string, { author, storyAuthor, audience }: Whose): boolean {
    const viewer = this.viewerOf(member);
    const ofStory = this.standing(member, viewer, storyAuthor);
    const ofAuthor = author === storyAuthor ? ofStory : this.standing(member, viewer, author);
    if (shuns(ofStory) || shuns(ofAuthor)) return false;
    return (ofStory & LINKED) !== 0 || (audience === 'everyone' && (ofAuthor & LINKED) !== 0);
  }

  private viewerOf(member: string): Viewer | undefined {
    const number = this.members.find(member);
    return number === undefined ? undefined : this.viewers.get(number);
  }

  /** What a viewer's side says of an author, with the bit for who is followed; everybody follows themselves. */
  private standing(member: string, viewer: Viewer | undefined, author: string): Side {
    if (member === author) return LINKED;
    const number = this.members.find(author);
    return number === undefined ? STRANGERS : (viewer?.sides.get(number) ?? STRANGERS);
  }

  private leavesOf({ author, storyAuthor, audience }: Whose): NumberList[] {
    const authors = audience === 'friends' || author === storyAuthor ? [storyAuthor] : [storyAuthor, author];
    return authors.flatMap((id) => {
      const number = this.members.find(id);
      return (number === undefined ? undefined : this.leaves.get(number)) ?? [];
    });
  }

  private shunnersOf(author: string): Set<number> | undefined {
    const number = this.members.find(author);
    return number === undefined ? undefined : this.shunners.get(number);
  }

  /** Draws the sample anew and brings every leaf in line with it. */
  private balance(viewer: Viewer): void {
    const most = this.maxAuthors();
    viewer.limit = Infinity;
    if (viewer.authors > most) {
      const draws: number[] = [];
      viewer.sides.forEach((other, side) => {
        if (follows(side)) draws.push(drawOf(viewer.id, this.members.id(other)));
      });
      viewer.limit = limitOf(draws, most);
    }
    viewer.sides.forEach((other) => this.settle(viewer, other));
  }

  /** Brings one leaf in line with the viewer's side. */
  private settle(viewer: Viewer, other: number): void {
    const side = viewer.sides.get(other);
    const isLinked = (side & LINKED) !== 0;
    const shall =
      follows(side) && (viewer.limit === Infinity || drawOf(viewer.id, this.members.id(other)) <= viewer.limit);
    if (shall === isLinked) return;
    viewer.sides.set(other, side ^ LINKED);
    if (shall) this.link(other, viewer);
    else this.unlink(other, viewer);
  }

  private link(author: number, { number }: Viewer): void {
    let leaf = this.leaves.get(author);
    if (!leaf) this.leaves.set(author, (leaf = new NumberList()));
    leaf.add(number);
  }

  private unlink(author: number, { number }: Viewer): void {
    const leaf = this.leaves.get(author);
    leaf?.remove(number);
    if (leaf?.size === 0) this.leaves.delete(author);
  }

  private bar(author: number, { number }: Viewer): void {
    const set = this.shunners.get(author);
    if (set) set.add(number);
    else this.shunners.set(author, new Set([number]));
  }

  private unbar(author: number, { number }: Viewer): void {
    const set = this.shunners.get(author);
    set?.delete(number);
    if (set?.size === 0) this.shunners.delete(author);
  }
}
