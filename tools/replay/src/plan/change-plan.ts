import { randomFrom, shuffled } from '../sources/random.js';
import { SocialHistory } from '../verdict/social-history.js';
import type { Plan } from './plan.js';

/** What two members come to. `add`: one asks and the other accepts. */
export type PlannedKind = 'add' | 'remove' | 'block' | 'unblock' | 'mute' | 'unmute';

/** One change of the graph in mid-run. */
export interface PlannedChange {
  /** Made when so many posts have been sent. */
  after: number;
  kind: PlannedKind;
  by: string;
  to: string;
}

export interface ChangePlanInput {
  plan: Plan;
  /** Members who watch: every change concerns one of them, and somebody who is still to post. */
  viewers: readonly string[];
  count: number;
  seed: number;
}

/** Changes are made between these shares of the posts: there is a before, and for each an after. */
const FROM = 0.03;
const UNTIL = 0.92;
/** Of the changes, this share goes on with two who had one already: lifts, mends, breaks up again. */
const AGAIN_SHARE = 0.25;
/** Of the others, this share is between friends. */
const FRIENDS_SHARE = 0.7;
/** Looked at for somebody suitable. */
const TRIES = 20;

type Standing = { t: 'friends' | 'strangers' } | { t: 'blocked'; by: string } | { t: 'muted'; by: string };

/** Changes by seed, spread over the run. */
export function planChanges(input: ChangePlanInput): PlannedChange[] {
  const { plan, viewers, count } = input;
  const planner = new Planner(input);
  return Array.from({ length: count }, (_, i) => {
    const after = Math.floor(plan.posts.length * (FROM + ((UNTIL - FROM) * i) / count));
    return planner.next(after, viewers.length);
  }).flatMap((change) => change ?? []);
}

class Planner {
  private readonly random: () => number;
  private readonly queue: string[];
  private readonly history: SocialHistory;
  /** Index of the last post of each author. */
  private readonly lastPost = new Map<string, number>();
  /** Those whose standing has changed, the viewer first. */
  private readonly touched = new Map<string, { viewer: string; other: string; standing: Standing }>();
  private turn = 0;

  constructor(private readonly input: ChangePlanInput) {
    this.random = randomFrom(input.seed + 77);
    this.queue = shuffled(input.viewers, this.random);
    this.history = new SocialHistory(input.plan.edges);
    input.plan.posts.forEach(({ author, refused }, index) => {
      if (!refused) this.lastPost.set(author, index);
    });
  }

  next(after: number, tries: number): PlannedChange | undefined {
    for (let i = 0; i < tries; i++) {
      const pair = this.random() < AGAIN_SHARE ? this.again(after) : this.fresh(after);
      if (pair) return this.change(pair.viewer, pair.other, after);
    }
    return undefined;
  }

  private again(after: number): { viewer: string; other: string } | undefined {
    const pairs = [...this.touched.values()];
    return this.any(
      () => this.pick(pairs),
      ({ other }) => this.postsAfter(other, after),
    );
  }

  private fresh(after: number): { viewer: string; other: string } | undefined {
    const viewer = this.queue[this.turn++ % this.queue.length]!;
    const isNew = (other: string) =>
      other !== viewer && !this.touched.has(keyOf(viewer, other)) && this.postsAfter(other, after);
    const other =
      this.random() < FRIENDS_SHARE
        ? this.pick([...this.history.friendsAtFirst(viewer)].filter((friend) => isNew(friend)))
        : this.any(() => this.laterAuthor(viewer, after), isNew);
    return other === undefined ? undefined : { viewer, other };
  }

  /** Somebody who posts later; half of the times under a friend's story, where a block shows even between strangers. */
  private laterAuthor(viewer: string, after: number): string | undefined {
    const { posts } = this.input.plan;
    const at = () => after + Math.floor(this.random() * (posts.length - after));
    if (this.random() < 0.5) return posts[at()]?.author;
    const friends = this.history.friendsAtFirst(viewer);
    const index = this.any(at, (i) => posts[i]?.root !== undefined && friends.has(posts[posts[i].root]!.author));
    return posts[index ?? at()]?.author;
  }

  private change(viewer: string, other: string, after: number): PlannedChange {
    const key = keyOf(viewer, other);
    const friends = this.history.friendsAtFirst(viewer).has(other);
    const standing = this.touched.get(key)?.standing ?? { t: friends ? 'friends' : 'strangers' };
    const either = this.random() < 0.5 ? viewer : other;
    const { kind, by = either, next } = this.step(standing, viewer, either);
    this.touched.set(key, { viewer, other, standing: next });
    return { after, kind, by, to: by === viewer ? other : viewer };
  }

  private step(standing: Standing, viewer: string, either: string): { kind: PlannedKind; by?: string; next: Standing } {
    const luck = this.random();
    switch (standing.t) {
      case 'friends':
        if (luck < 0.5) return { kind: 'remove', next: { t: 'strangers' } };
        if (luck < 0.8) return { kind: 'block', next: { t: 'blocked', by: either } };
        return { kind: 'mute', by: viewer, next: { t: 'muted', by: viewer } };
      case 'strangers':
        if (luck < 0.75) return { kind: 'add', next: { t: 'friends' } };
        return { kind: 'block', next: { t: 'blocked', by: either } };
      case 'blocked':
        return { kind: 'unblock', by: standing.by, next: { t: 'strangers' } };
      case 'muted':
        return { kind: 'unmute', by: standing.by, next: { t: 'friends' } };
    }
  }

  private postsAfter(author: string, after: number): boolean {
    return (this.lastPost.get(author) ?? -1) > after;
  }

  private pick<T>(list: readonly T[]): T | undefined {
    return list[Math.floor(this.random() * list.length)];
  }

  private any<T>(draw: () => T | undefined, fits: (drawn: T) => boolean): T | undefined {
    for (let i = 0; i < TRIES; i++) {
      const drawn = draw();
      if (drawn !== undefined && fits(drawn)) return drawn;
    }
    return undefined;
  }
}

function keyOf(a: string, b: string): string {
  return a < b ? `${a} ${b}` : `${b} ${a}`;
}
