import type { BlocksView, FriendsView, MutesView, NamedMember } from '@groundswell/protocol';
import { ASKED, BLOCKS, FRIENDS, isFriend, MUTES, WAITING, type Side } from '@groundswell/social';
import type { StoredGraph } from '@groundswell/store';

export interface MemberListsOptions {
  /** A member's graph, up to date. */
  graph: (member: string) => Promise<StoredGraph>;
  names: (members: readonly string[]) => Promise<ReadonlyMap<string, string>>;
}

/** What a member is shown of the sides that are theirs, with names where they are known, sorted by them. */
export class MemberLists {
  constructor(private readonly options: MemberListsOptions) {}

  async friends(member: string): Promise<FriendsView> {
    const named = await this.read(member, FRIENDS);
    return {
      friends: named(isFriend),
      asked: named((side) => (side & FRIENDS) === ASKED),
      waiting: named((side) => (side & FRIENDS) === WAITING),
    };
  }

  async blocks(member: string): Promise<BlocksView> {
    const named = await this.read(member, BLOCKS);
    return { blocks: named(() => true) };
  }

  async mutes(member: string): Promise<MutesView> {
    const named = await this.read(member, MUTES);
    return { mutes: named(() => true) };
  }

  /** Those towards whom the member's side has any of `bits`; names are asked of them alone. */
  private async read(member: string, bits: Side): Promise<(fits: (side: Side) => boolean) => NamedMember[]> {
    const { sides } = await this.options.graph(member);
    const chosen = [...sides].filter(([, side]) => (side & bits) !== 0);
    const names = await this.options.names(chosen.map(([id]) => id));
    return (fits) =>
      chosen
        .flatMap(([id, side]) => (fits(side) ? { id, name: names.get(id) ?? id } : []))
        .sort((a, b) => a.name.localeCompare(b.name) || a.id.localeCompare(b.id));
  }
}
