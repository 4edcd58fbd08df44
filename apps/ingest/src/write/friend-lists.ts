import type { FriendsView } from '@groundswell/protocol';
import { ASKED, FRIENDS, isFriend, WAITING, type Side } from '@groundswell/social';
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
    const { sides } = await this.options.graph(member);
    const names = await this.options.names([...sides].flatMap(([id, side]) => ((side & FRIENDS) === 0 ? [] : id)));
    const named = (fits: (side: Side) => boolean) =>
      [...sides]
        .flatMap(([id, side]) => (fits(side) ? { id, name: names.get(id) ?? id } : []))
        .sort((a, b) => a.name.localeCompare(b.name) || a.id.localeCompare(b.id));
    return {
      friends: named(isFriend),
      asked: named((side) => (side & FRIENDS) === ASKED),
      waiting: named((side) => (side & FRIENDS) === WAITING),
    };
  }
}
