/**
 * Who was whose friend, and who kept whom out of sight, at every position of SOCIAL: recomputed from the source edges and
 * the commands in the log, by the rules alone.
 */

/** What a command says. `ask`: `by` says yes. `end`: neither says yes any more, whoever said it. */
export type ChangeKind = 'ask' | 'end' | 'block' | 'unblock' | 'mute' | 'unmute';

/** A command as it stands in SOCIAL. */
export interface SocialChange {
  /** Position in SOCIAL. */
  seq: number;
  /** Before it was written, Unix milliseconds: nobody can have known of it earlier. */
  at: number;
  kind: ChangeKind;
  by: string;
  to: string;
}

/** What of SOCIAL a node goes by. */
export interface Knowledge {
  /** All up to here counts. */
  inForce: number;
  /** What takes away counts up to here; default `inForce`. */
  knownTo?: number;
}

/** How one member stands to another: whether the other's items come, and whether they are kept out of sight. */
export interface Stance {
  follows: boolean;
  shuns: boolean;
}

/** Two members, seen from the first. */
interface Pair {
  yes: [mine: boolean, theirs: boolean];
  blocks: [mine: boolean, theirs: boolean];
  mutes: boolean;
}

export class SocialHistory {
  private readonly friends: ReadonlyMap<string, ReadonlySet<string>>;
  /** Member → other → what was said between them, in the order of the log. */
  private readonly said = new Map<string, Map<string, SocialChange[]>>();
  /** By time: the highest position of what had been said by then. */
  private readonly heard: { at: number; seq: number }[];

  constructor(
    edges: readonly (readonly [string, string])[],
    readonly changes: readonly SocialChange[] = [],
  ) {
    this.friends = friendsOf(edges);
    for (const change of changes.toSorted((a, b) => a.seq - b.seq)) {
      this.note(change.by, change.to, change);
      this.note(change.to, change.by, change);
    }
    let seq = 0;
    this.heard = changes
      .toSorted((a, b) => a.at - b.at)
      .map((change) => ({ at: change.at, seq: (seq = Math.max(seq, change.seq)) }));
  }

  /** Members of the graph that a member was given at the beginning. */
  friendsAtFirst(member: string): ReadonlySet<string> {
    return this.friends.get(member) ?? new Set();
  }

  /** Those with whom there was ever something between a member and them. */
  partners(member: string): Set<string> {
    return new Set([...this.friendsAtFirst(member), ...(this.said.get(member)?.keys() ?? [])]);
  }

  /** Position in SOCIAL that nobody can have been beyond at a time, Unix milliseconds. */
  heardBy(time: number): number {
    let [low, high] = [0, this.heard.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.heard[middle]!.at <= time) low = middle + 1;
      else high = middle;
    }
    return this.heard[low - 1]?.seq ?? 0;
  }

  /** Positions in (`after`, `upTo`] of what concerns a member. */
  positions(member: string, after: number, upTo: number): number[] {
    const all = [...(this.said.get(member)?.values() ?? [])].flat();
    return all
      .map(({ seq }) => seq)
      .filter((seq) => seq > after && seq <= upTo)
      .sort((a, b) => a - b);
  }

  stance(member: string, other: string, knowledge: Knowledge): Stance {
    if (member === other) return { follows: true, shuns: false };
    const { yes, blocks, mutes } = this.pair(member, other, knowledge);
    const shuns = blocks[0] || blocks[1] || mutes;
    return { follows: yes[0] && yes[1] && !shuns, shuns };
  }

  /** Whether a friendship stands, and whether there is a block, whoever set it. */
  standing(member: string, other: string, inForce: number): { friends: boolean; barred: boolean } {
    const { yes, blocks } = this.pair(member, other, { inForce });
    return { friends: yes[0] && yes[1], barred: blocks[0] || blocks[1] };
  }

  /** Whom a member must not see, in the end: blocked, blocking or muted. */
  shunnedInTheEnd(member: string): string[] {
    const others = [...(this.said.get(member)?.keys() ?? [])];
    return others.filter((other) => this.stance(member, other, { inForce: Infinity }).shuns).sort();
  }

  private pair(member: string, other: string, { inForce, knownTo = inForce }: Knowledge): Pair {
    const friends = this.friends.get(member)?.has(other) === true;
    const pair: Pair = { yes: [friends, friends], blocks: [false, false], mutes: false };
    for (const change of this.said.get(member)?.get(other) ?? []) {
      const mine = change.by === member;
      if (change.seq <= inForce) apply(pair, change.kind, mine);
      else if (change.seq <= knownTo) takeAway(pair, change.kind, mine);
    }
    return pair;
  }

  private note(member: string, other: string, change: SocialChange): void {
    let others = this.said.get(member);
    if (!others) this.said.set(member, (others = new Map()));
    const between = others.get(other);
    if (between) between.push(change);
    else others.set(other, [change]);
  }
}

function apply(pair: Pair, kind: ChangeKind, mine: boolean): void {
  const side = mine ? 0 : 1;
  switch (kind) {
    case 'ask':
      // What is said across a block is void.
      if (!pair.blocks[0] && !pair.blocks[1]) pair.yes[side] = true;
      return;
    case 'unblock':
      pair.blocks[side] = false;
      return;
    case 'unmute':
      if (mine) pair.mutes = false;
      return;
    case 'end':
    case 'block':
    case 'mute':
      return takeAway(pair, kind, mine);
  }
}

/** What acts as soon as it is known. */
function takeAway(pair: Pair, kind: ChangeKind, mine: boolean): void {
  if (kind === 'end' || kind === 'block') pair.yes = [false, false];
  if (kind === 'block') pair.blocks[mine ? 0 : 1] = true;
  // The other never learns of a mute.
  if (kind === 'mute' && mine) pair.mutes = true;
}

function friendsOf(edges: readonly (readonly [string, string])[]): Map<string, Set<string>> {
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
