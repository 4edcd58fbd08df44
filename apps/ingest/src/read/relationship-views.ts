import type {
  ConsentView,
  NamedMember,
  RelationshipStatus,
  RelationshipView,
  WatchDelay,
  WatchersView,
  WatchesView,
} from '@groundswell/protocol';
import type { MemberSide } from '@groundswell/store';
import { DELAYS_MS } from '../write/watches.js';

export interface RelationshipViewsOptions {
  /** A member's own side, up to date. */
  side: (member: string) => Promise<MemberSide>;
  names: (members: readonly string[]) => Promise<ReadonlyMap<string, string>>;
  /** Members that one may watch at a time. */
  most: number;
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
    const { watches, delays } = await this.o.side(member);
    const named = await this.named(watches);
    return { watches: named.map((one) => ({ ...one, delay: delayOf(delays.get(one.id)) })), most: this.o.most };
  }

  private async named(members: readonly string[]): Promise<NamedMember[]> {
    const names = await this.o.names(members);
    return members
      .map((id) => ({ id, name: names.get(id) ?? id }))
      .sort((a, b) => a.name.localeCompare(b.name) || a.id.localeCompare(b.id));
  }
}

function delayOf(ms = 0): WatchDelay {
  return ms >= DELAYS_MS.day ? 'day' : ms >= DELAYS_MS.hour ? 'hour' : 'none';
}
