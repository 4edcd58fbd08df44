import type { FriendsView } from '@groundswell/protocol';
import type { StoredGraph } from '@groundswell/store';

export interface FriendListsOptions {
  /** A member's graph, up to date. */
  graph: (member: string) => Promise<StoredGraph>;
  names: (members: readonly string[]) => Promise<ReadonlyMap<string, string>>;
}

/** What the page shows of a member's friends, with names where they are known. */
export class FriendLists {
  constructor(private readonly options: FriendListsOptions) {}

  async of(member: string): Promise<FriendsView> {
    const { friends, asked, waiting } = await this.options.graph(member);
    const names = await this.options.names([...friends, ...asked, ...waiting]);
    const named = (ids: readonly string[]) =>
      ids
        .map((id) => ({ id, name: names.get(id) ?? id }))
        .sort((a, b) => a.name.localeCompare(b.name) || a.id.localeCompare(b.id));
    return { friends: named(friends), asked: named(asked), waiting: named(waiting) };
  }
}
