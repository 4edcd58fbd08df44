/** What the three APIs know of their members. One world serves all three: who is asked for decides how it is told. */
import { defaultHandle, type Profile } from './profile.js';

export interface Member {
  id: string;
  /** Default: from the id. */
  name?: string;
  /** Without an @ before it: a domain for bluesky, a user name (`@server` may follow) for mastodon. Default: from the id. */
  handle?: string;
  /** `relationship_status` of the graph; absent: not filled in. */
  status?: string;
  follows?: readonly string[];
  /** Members who see neither the status nor the following. */
  hidesFrom?: readonly string[];
  /** `gone`: deleted. `suspended`: the same to others, but for its own token. Default `here`. */
  state?: 'here' | 'gone' | 'suspended';
}

export interface WorldSettings {
  members: readonly Member[];
  /** Token → the member whose it is. */
  tokens?: Readonly<Record<string, string>>;
}

/** What one member sees of another. */
export type View =
  | { kind: 'shown'; status?: string; follows: boolean }
  /** It is there and does not show itself to this viewer. */
  | { kind: 'hidden' }
  /** There is no such member. */
  | { kind: 'gone' }
  /** The answer says nothing about it. */
  | { kind: 'silent' };

/** One of a list: `place` is a number from 1 that stays theirs, so that a cursor survives what changes around it. */
export interface Listed {
  id: string;
  place: number;
}

/** Where the answers come from. */
export interface World {
  /** Whose token it is. */
  owner(token: string): string | undefined;
  has(member: string): boolean;
  view(viewer: string, subject: string): View;
  /** How others see a member; undefined when they see none. */
  profile(member: string): Profile | undefined;
  /** Whose handle it is. */
  resolve(handle: string): string | undefined;
  /** Who follows a member and lets them see it, by place. */
  followers(of: string): readonly Listed[];
}

/** A world that is told member by member. */
export class MadeWorld implements World {
  readonly #members: Map<string, Member>;
  readonly #tokens: ReadonlyMap<string, string>;
  readonly #handles: ReadonlyMap<string, string>;

  constructor({ members, tokens = {} }: WorldSettings = { members: [] }) {
    this.#members = new Map(members.map((member) => [member.id, member]));
    this.#tokens = new Map(Object.entries(tokens));
    this.#handles = new Map(members.map((member) => [handleOf(member).toLowerCase(), member.id]));
  }

  owner(token: string): string | undefined {
    return this.#tokens.get(token);
  }

  has(member: string): boolean {
    const found = this.#members.get(member);
    return found !== undefined && found.state !== 'gone';
  }

  view(viewer: string, subject: string): View {
    const found = this.#members.get(subject);
    if (!found || isAway(found)) return { kind: 'gone' };
    if (found.hidesFrom?.includes(viewer) === true) return { kind: 'hidden' };
    const follows = found.follows?.includes(viewer) === true;
    return found.status === undefined ? { kind: 'shown', follows } : { kind: 'shown', follows, status: found.status };
  }

  profile(member: string): Profile | undefined {
    const found = this.#members.get(member);
    if (!found || isAway(found)) return undefined;
    return { id: found.id, name: found.name ?? `Member ${found.id}`, handle: handleOf(found) };
  }

  resolve(handle: string): string | undefined {
    const id = this.#handles.get(handle.toLowerCase());
    return id !== undefined && this.profile(id) ? id : undefined;
  }

  followers(of: string): readonly Listed[] {
    const ids = [...this.#members.keys()];
    return ids.flatMap((id, index) => {
      const view = this.view(of, id);
      return view.kind === 'shown' && view.follows ? [{ id, place: index + 1 }] : [];
    });
  }

  /** Throws a `RangeError` for somebody who is not there. */
  setFollowing(follower: string, followed: string, follows: boolean): void {
    const found = this.#member(follower);
    this.#member(followed);
    const others = (found.follows ?? []).filter((id) => id !== followed);
    this.#members.set(follower, { ...found, follows: follows ? [...others, followed] : others });
  }

  /** Undefined: not filled in. Throws a `RangeError` for somebody who is not there. */
  setStatus(member: string, status: string | undefined): void {
    const { status: _, ...rest } = this.#member(member);
    this.#members.set(member, status === undefined ? rest : { ...rest, status });
  }

  #member(id: string): Member {
    const found = this.#members.get(id);
    if (!found) throw new RangeError(`There is no member ${id}.`);
    return found;
  }
}

const isAway = ({ state }: Member): boolean => state === 'gone' || state === 'suspended';

const handleOf = ({ id, handle }: Member): string => handle ?? defaultHandle(id);
