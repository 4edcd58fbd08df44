import type {
  AccountsView,
  AccountView,
  ConsentView,
  NamedMember,
  RelationshipStatus,
  RelationshipView,
  RemoteNetwork,
  RemoteWatch,
  WatchersView,
  WatchesView,
} from '@groundswell/protocol';
import type { MemberSide } from '@groundswell/store';
import { delayOf } from '../write/delays.js';

export interface RelationshipViewsOptions {
  /** A member's own side, up to date. */
  side: (member: string) => Promise<MemberSide>;
  names: (members: readonly string[]) => Promise<ReadonlyMap<string, string>>;
  /** Watches that a member may have at a time. */
  most: number;
  networks: readonly RemoteNetwork[];
}

/** What members are shown of what they have said of their relationship, and of who wants to be told. */
export class RelationshipViews {
  constructor(private readonly o: RelationshipViewsOptions) {}

  async own(member: string): Promise<RelationshipView> {
    const { relationship } = await this.o.side(member);
    if (!relationship) return { value: null, visibility: 'friends', quiet: false, settle: 'usual', since: null };
    const { value, visibility, quiet = false, settleMs, since } = relationship;
    return {
      value: value as RelationshipStatus,
      visibility,
      quiet,
      settle: settleMs === undefined ? 'usual' : 'day',
      since,
    };
  }

  async consent(member: string): Promise<ConsentView> {
    return { mode: (await this.o.side(member)).consent };
  }

  async watchers(member: string): Promise<WatchersView> {
    const { watchers, answers } = await this.o.side(member);
    const named = await this.named(watchers);
    return { watchers: named.map((one) => ({ ...one, answer: answers.get(one.id) ?? null })) };
  }

  async watches(member: string): Promise<WatchesView> {
    const { watches, delays, elsewhere } = await this.o.side(member);
    const named = await this.named(watches);
    return {
      watches: named.map((one) => ({ ...one, delay: delayOf(delays.get(one.id)) })),
      elsewhere: remoteWatches(elsewhere),
      most: this.o.most,
    };
  }

  async accounts(member: string): Promise<AccountsView> {
    return { accounts: accountViews((await this.o.side(member)).accounts), networks: [...this.o.networks] };
  }

  private async named(members: readonly string[]): Promise<NamedMember[]> {
    const names = await this.o.names(members);
    return members
      .map((id) => ({ id, name: names.get(id) ?? id }))
      .sort((a, b) => a.name.localeCompare(b.name) || a.id.localeCompare(b.id));
  }
}

/** Without the tokens. */
export function accountViews(accounts: MemberSide['accounts']): AccountView[] {
  return [...accounts]
    .map(([provider, one]) => {
      const reason = one.account === null ? one.reason : null;
      return { provider, account: one.account, reason, since: one.since };
    })
    .sort((a, b) => a.provider.localeCompare(b.provider));
}

export function remoteWatches(elsewhere: MemberSide['elsewhere']): RemoteWatch[] {
  return elsewhere
    .map(({ provider, subject, delayMs }) => ({ provider, subject, delay: delayOf(delayMs) }))
    .sort((a, b) => a.provider.localeCompare(b.provider) || a.subject.localeCompare(b.subject));
}
