/**
 * What every viewer had to get, computed from the plan and the answers to the posts, and from nothing of the server's
 * own code. The rules, once more: Everyone has every public item in log order. Friends has statuses by the viewer's
 * friends and by the viewer, comments by them, and comments on their statuses, in log order.
 */
import type { Plan } from '../plan/plan.js';

/** A post that was answered with 201. */
export interface Accepted {
  /** Index in the plan. */
  index: number;
  id: string;
  seq: number;
}

export interface ExpectedItem {
  id: string;
  seq: number;
  author: string;
  text: string;
  /** Id of the story, for a comment. */
  of?: string;
  storyAuthor: string;
}

export class Expectation {
  /** Every item, in log order. */
  readonly items: ExpectedItem[];
  private readonly friends: ReadonlyMap<string, ReadonlySet<string>>;

  constructor(plan: Plan, accepted: readonly Accepted[]) {
    this.friends = friendsOf(plan.edges);
    const byIndex = new Map(accepted.map((entry) => [entry.index, entry]));
    this.items = accepted
      .map(({ index, id, seq }): ExpectedItem => {
        const { author, text, root } = plan.posts[index]!;
        if (root === undefined) return { id, seq, author, text, storyAuthor: author };
        return { id, seq, author, text, of: byIndex.get(root)!.id, storyAuthor: plan.posts[root]!.author };
      })
      .sort((a, b) => a.seq - b.seq);
  }

  /** Friends items of a viewer, in log order. */
  friendsItems(viewer: string): ExpectedItem[] {
    const friends = this.friends.get(viewer);
    const follows = (member: string) => member === viewer || friends?.has(member) === true;
    return this.items.filter(({ author, storyAuthor }) => follows(author) || follows(storyAuthor));
  }

  /** The stories that a Friends or Everyone snapshot as of position `seq` must show, newest first. */
  snapshot(seq: number, viewer?: string): { id: string; commentCount: number; inline: string[] }[] {
    const mine = this.friends.get(viewer ?? '');
    const shown = (author: string) => viewer === undefined || author === viewer || mine?.has(author) === true;
    const until = this.items.filter((item) => item.seq <= seq);
    const stories = until.filter(({ of, author }) => of === undefined && shown(author)).slice(-30);
    return stories.toReversed().map(({ id }) => {
      const comments = until.filter(({ of }) => of === id);
      return { id, commentCount: comments.length, inline: comments.slice(-3).map((comment) => comment.id) };
    });
  }
}

export function friendsOf(edges: readonly (readonly [string, string])[]): Map<string, Set<string>> {
  const friends = new Map<string, Set<string>>();
  const add = (a: string, b: string) => {
    const set = friends.get(a);
    if (set) set.add(b);
    else friends.set(a, new Set([b]));
  };
  for (const [a, b] of edges) {
    add(a, b);
    add(b, a);
  }
  return friends;
}
