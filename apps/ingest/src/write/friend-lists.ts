import type { FriendsView } from '@groundswell/protocol';
import { viewBehind } from './view-behind.js';

export interface MemberGraph {
  friends: readonly string[];
  asked: readonly string[];
  waiting: readonly string[];
}

export interface FriendListsOptions {
  /** A member's graph; undefined while the view is behind the log. */
  graph: (member: string) => Promise<MemberGraph | undefined>;
  names: (members: readonly string[]) => Promise<ReadonlyMap<string, string>>;
}

/** What the page shows of a member's friends, with names where they are known. */
export class FriendLists {
  constructor(private readonly options: FriendListsOptions) {}

  async of(member: string): Promise<FriendsView> {
    const graph = await this.options.graph(member);
    if (!graph) throw viewBehind();
    const { friends, asked, waiting } = graph;
    const names = await this.options.names([...friends, ...asked, ...waiting]);
    const named = (ids: readonly string[]) =>
      ids
        .map((id) => ({ id, name: names.get(id) ?? id }))
        .sort((a, b) => a.name.localeCompare(b.name) || a.id.localeCompare(b.id));
    return { friends: named(friends), asked: named(asked), waiting: named(waiting) };
  }
}
