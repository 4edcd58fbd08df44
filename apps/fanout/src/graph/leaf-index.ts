import type { Item } from '@groundswell/feed';
import { applySide, FRIENDS, STRANGERS, type Side } from '@groundswell/social';
import type { Connection } from '../hub/connection.js';

/** A signed-in member on this node: what the graph in force says, and the sockets. */
interface Viewer {
  sides: Map<string, Side>;
  connections: Connection[];
}

/** A member's part of the graph, as read from the store or folded from changes. */
export interface Sides {
  friends: readonly string[];
  asked: readonly string[];
  waiting: readonly string[];
}

const NOBODY: readonly Connection[] = [];

/**
 * Author → sockets on this node whose member is a friend of the author, or the author. Built when a viewer comes, kept
 * up by changes of the graph, freed when the last socket of a member goes.
 */
export class LeafIndex {
  private readonly viewers = new Map<string, Viewer>();
  private readonly leaves = new Map<string, Connection[]>();

  /** Members connected. */
  get size(): number {
    return this.viewers.size;
  }

  has(member: string): boolean {
    return this.viewers.has(member);
  }

  /** Adds a socket. `sides` is needed for the first socket of a member, and ignored for the others. */
  add(member: string, connection: Connection, { friends, asked, waiting }: Sides): void {
    const known = this.viewers.get(member);
    if (known) {
      known.connections.push(connection);
      for (const author of this.authorsOf(member)) this.link(author, connection);
      return;
    }
    const sides = new Map<string, Side>();
    for (const other of asked) sides.set(other, 1);
    for (const other of waiting) sides.set(other, 2);
    for (const other of friends) sides.set(other, FRIENDS);
    this.viewers.set(member, { sides, connections: [connection] });
    for (const author of this.authorsOf(member)) this.link(author, connection);
  }

  remove(member: string, connection: Connection): void {
    const viewer = this.viewers.get(member);
    if (!viewer) return;
    for (const author of this.authorsOf(member)) this.unlink(author, connection);
    drop(viewer.connections, connection);
    if (viewer.connections.length === 0) this.viewers.delete(member);
  }

  /** A side of a connected member changes; other members are nobody's concern here. */
  change(member: string, other: string, set: Side): void {
    const viewer = this.viewers.get(member);
    if (!viewer) return;
    const before = viewer.sides.get(other) ?? STRANGERS;
    const after = applySide(before, set);
    if (after === STRANGERS) viewer.sides.delete(other);
    else viewer.sides.set(other, after);
    if ((before === FRIENDS) === (after === FRIENDS)) return;
    for (const connection of viewer.connections) {
      if (after === FRIENDS) this.link(other, connection);
      else this.unlink(other, connection);
    }
  }

  /** Whose stories a member sees: friends, and the member. */
  *authorsOf(member: string): Iterable<string> {
    yield member;
    for (const [other, side] of this.viewers.get(member)?.sides ?? []) if (side === FRIENDS) yield other;
  }

  /**
   * The sockets that get an item, as lists that may overlap: those of the author's side and, for a comment, of the
   * story's. What is for friends only is seen by those of the story's author and nobody else.
   */
  audienceOf({ author, storyAuthor, audience }: Item): (readonly Connection[])[] {
    const ofStory = this.leaves.get(storyAuthor) ?? NOBODY;
    if (audience === 'friends' || author === storyAuthor) return ofStory.length > 0 ? [ofStory] : [];
    return [ofStory, this.leaves.get(author) ?? NOBODY].filter((list) => list.length > 0);
  }

  /** Whether a connected member may have an item: the same rule, seen from the viewer. */
  sees(member: string, { author, storyAuthor, audience }: Item): boolean {
    if (this.follows(member, storyAuthor)) return true;
    return audience === 'everyone' && this.follows(member, author);
  }

  private follows(member: string, author: string): boolean {
    return member === author || this.viewers.get(member)?.sides.get(author) === FRIENDS;
  }

  private link(author: string, connection: Connection): void {
    const leaf = this.leaves.get(author);
    if (leaf) leaf.push(connection);
    else this.leaves.set(author, [connection]);
  }

  private unlink(author: string, connection: Connection): void {
    const leaf = this.leaves.get(author);
    if (!leaf) return;
    drop(leaf, connection);
    if (leaf.length === 0) this.leaves.delete(author);
  }
}

function drop(list: Connection[], connection: Connection): void {
  const at = list.indexOf(connection);
  if (at === -1) return;
  list[at] = list.at(-1)!;
  list.pop();
}
