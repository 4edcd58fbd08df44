/** What the three APIs know of their members. One world serves all three: who is asked for decides how it is told. */

export interface Member {
  id: string;
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

/** Where the answers come from. */
export interface World {
  /** Whose token it is. */
  owner(token: string): string | undefined;
  has(member: string): boolean;
  view(viewer: string, subject: string): View;
}

/** A world that is told member by member. */
export class MadeWorld implements World {
  readonly #members: ReadonlyMap<string, Member>;
  readonly #tokens: ReadonlyMap<string, string>;

  constructor({ members, tokens = {} }: WorldSettings = { members: [] }) {
    this.#members = new Map(members.map((member) => [member.id, member]));
    this.#tokens = new Map(Object.entries(tokens));
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
    if (!found || found.state === 'gone' || found.state === 'suspended') return { kind: 'gone' };
    if (found.hidesFrom?.includes(viewer) === true) return { kind: 'hidden' };
    const follows = found.follows?.includes(viewer) === true;
    return found.status === undefined ? { kind: 'shown', follows } : { kind: 'shown', follows, status: found.status };
  }
}
