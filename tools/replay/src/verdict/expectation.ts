/**
 * What every viewer had to get, computed from the plan, the answers to the posts and the commands in SOCIAL, and from
 * nothing of the server's own code. The rules, once more: Everyone has every public item in log order. Friends has
 * statuses by the viewer's friends and by the viewer, comments by them on public statuses, and every comment on their
 * statuses, in log order; nothing by, and nothing below, somebody whom the viewer blocks, is blocked by or mutes.
 */
import type { Audience } from '@groundswell/protocol';
import type { Plan } from '../plan/plan.js';
import { SocialHistory, type Knowledge, type SocialChange } from './social-history.js';
import { InForce, type ValidTick } from './tick-chain.js';

/** A post that was answered with 201. */
export interface Accepted {
  /** Index in the plan. */
  index: number;
  id: string;
  seq: number;
}

export interface ExpectedItem {
  id: string;
  seq: number;
  author: string;
  text: string;
  /** Id of the story, for a comment. */
  of?: string;
  storyAuthor: string;
  audience: Audience;
}

/** Counts in the log up to a position: Friends has them for whoever follows the story's author. */
export interface Told {
  upTo: number;
  counts: { seq: number; of: string }[];
}

/** What happened beside the posts. */
export interface Happened {
  /** SOCIAL after the import. */
  changes: readonly SocialChange[];
  /** The ticks that count. */
  ticks: readonly ValidTick[];
  told: Told;
}

const NOTHING: Happened = { changes: [], ticks: [], told: { upTo: 0, counts: [] } };

/** `may`: taken away by a command that a node can have known of before a tick brought it into force. */
export type Due = 'must' | 'may' | 'never';

/** What is known of how a viewer's items came about. */
export interface Circumstances {
  /** Latest time at which the viewer's node can have handled an item, Unix milliseconds. */
  handledBy: (seq: number) => number;
  /** Positions in (`after`, `upTo`] that may have been sent on return, by the graph of that moment. */
  resumes: readonly { after: number; upTo: number }[];
}

export interface ExpectedStory {
  id: string;
  commentCount: number;
  inline: string[];
}

const STORIES = 30;
const INLINE = 3;

export class Expectation {
  /** Every item, in log order. */
  readonly items: ExpectedItem[];
  readonly everyone: ExpectedItem[];
  /** Counts up to a position, in log order. */
  readonly counts: ExpectedItem[];
  readonly countsUpTo: number;
  readonly history: SocialHistory;
  private readonly inForce: InForce;
  /** Member → indexes of the items by them or under their stories. */
  private readonly placesOf = new Map<string, number[]>();

  /** Without what happened beside the posts the graph never changes, and counts are nobody's concern. */
  constructor(
    plan: Pick<Plan, 'edges' | 'posts'>,
    accepted: readonly Accepted[],
    { changes, ticks, told }: Happened = NOTHING,
  ) {
    this.history = new SocialHistory(plan.edges, changes);
    this.inForce = new InForce(ticks);
    const byIndex = new Map(accepted.map((entry) => [entry.index, entry]));
    this.items = accepted
      .map(({ index, id, seq }): ExpectedItem => {
        const { author, text, root } = plan.posts[index]!;
        const { author: storyAuthor, audience = 'everyone' } = plan.posts[root ?? index]!;
        const of = root === undefined ? {} : { of: byIndex.get(root)!.id };
        return { id, seq, author, text, storyAuthor, audience, ...of };
      })
      .sort((a, b) => a.seq - b.seq);
    const byId = new Map(this.items.map((item) => [item.id, item]));
    this.countsUpTo = told.upTo;
    this.counts = told.counts.flatMap(({ seq, of }) => {
      const story = byId.get(of);
      return story ? { ...story, id: countsId(seq), seq, text: '', of } : [];
    });
    this.everyone = this.items.filter(({ audience }) => audience === 'everyone');
    this.items.forEach(({ author, storyAuthor }, place) => {
      for (const member of new Set([author, storyAuthor])) {
        const places = this.placesOf.get(member);
        if (places) places.push(place);
        else this.placesOf.set(member, [place]);
      }
    });
  }

  /** Items that the graph of the last tick before them gives a viewer, in log order. */
  friendsItems(viewer: string): ExpectedItem[] {
    return this.around(viewer).filter((item) => this.sees(viewer, item, { inForce: this.inForce.before(item.seq) }));
  }

  /** Position of the last item or counts that no command, however early it was known, takes from a viewer; 0: there is none. */
  lastCertain(viewer: string): number {
    const certain = (item: ExpectedItem) =>
      this.sees(viewer, item, { inForce: this.inForce.before(item.seq), knownTo: Infinity });
    const last = [this.around(viewer).findLast(certain), this.countsAround(viewer).findLast(certain)];
    return Math.max(0, ...last.map((item) => item?.seq ?? 0));
  }

  /** Whether a viewer had to get each item, or counts. `changed`: the graph at the beginning says something else. */
  dues(
    viewer: string,
    { handledBy, resumes }: Circumstances,
    of: 'items' | 'counts' = 'items',
  ): { item: ExpectedItem; due: Due; changed: boolean }[] {
    const items = of === 'items' ? this.around(viewer) : this.countsAround(viewer);
    return items.map((item) => {
      const resume = resumes.find(({ after, upTo }) => item.seq > after && item.seq <= upTo);
      const positions = resume ? this.inForce.between(item.seq, resume.upTo) : [this.inForce.before(item.seq)];
      const knownTo = this.history.heardBy(handledBy(resume ? resume.upTo : item.seq));
      const due = this.dueBy(viewer, item, { positions, knownTo });
      return { item, due, changed: (due === 'must') !== this.sees(viewer, item, { inForce: 0 }) };
    });
  }

  /** The forms that a Friends snapshot as of position `seq` may have, made at `time` at the latest. */
  friendsSnapshots(viewer: string, seq: number, time: number): ExpectedStory[][] {
    const inForce = this.inForce.at(seq);
    const known = [inForce, ...this.history.positions(viewer, inForce, this.history.heardBy(time))];
    return known.map((knownTo) => this.friendsSnapshot(viewer, seq, { inForce, knownTo }));
  }

  /** What an Everyone snapshot as of position `seq` must show, newest first. */
  everyoneSnapshot(seq: number): ExpectedStory[] {
    const until = this.everyone.filter((item) => item.seq <= seq);
    return present(
      until,
      until.filter(({ of }) => of === undefined),
      () => true,
    );
  }

  private friendsSnapshot(viewer: string, seq: number, knowledge: Knowledge): ExpectedStory[] {
    const until = this.items.filter((item) => item.seq <= seq);
    const stories = until.filter((item) => item.of === undefined && this.sees(viewer, item, knowledge));
    return present(until, stories, (comment) => this.sees(viewer, comment, knowledge));
  }

  private dueBy(viewer: string, item: ExpectedItem, by: { positions: readonly number[]; knownTo: number }): Due {
    const { positions, knownTo } = by;
    const seen = positions.filter((inForce) => this.sees(viewer, item, { inForce }));
    if (seen.length === 0) return 'never';
    const sure = seen.filter((inForce) => this.sees(viewer, item, { inForce, knownTo: Math.max(inForce, knownTo) }));
    return sure.length === positions.length ? 'must' : 'may';
  }

  private sees(viewer: string, { author, storyAuthor, audience }: ExpectedItem, knowledge: Knowledge): boolean {
    const ofStory = this.history.stance(viewer, storyAuthor, knowledge);
    const ofAuthor = author === storyAuthor ? ofStory : this.history.stance(viewer, author, knowledge);
    if (ofStory.shuns || ofAuthor.shuns) return false;
    return ofStory.follows || (audience === 'everyone' && ofAuthor.follows);
  }

  private countsAround(viewer: string): ExpectedItem[] {
    const partners = this.history.partners(viewer).add(viewer);
    return this.counts.filter(({ storyAuthor }) => partners.has(storyAuthor));
  }

  /** Items of those with whom the viewer ever had to do, and the viewer's own. */
  private around(viewer: string): ExpectedItem[] {
    const places = new Set<number>();
    for (const partner of this.history.partners(viewer).add(viewer)) {
      for (const place of this.placesOf.get(partner) ?? []) places.add(place);
    }
    return [...places].sort((a, b) => a - b).map((place) => this.items[place]!);
  }
}

/** What counts are called, that have no id of their own. */
export function countsId(seq: number): string {
  return `counts ${seq}`;
}

function present(
  until: readonly ExpectedItem[],
  stories: readonly ExpectedItem[],
  sees: (comment: ExpectedItem) => boolean,
): ExpectedStory[] {
  return stories
    .slice(-STORIES)
    .toReversed()
    .map(({ id }) => {
      const comments = until.filter(({ of }) => of === id);
      const inline = comments.filter((comment) => sees(comment)).slice(-INLINE);
      return { id, commentCount: comments.length, inline: inline.map((comment) => comment.id) };
    });
}
