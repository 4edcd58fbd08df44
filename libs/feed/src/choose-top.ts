import type { AddOp, CommentOp } from '@groundswell/protocol';
import { collapse } from './collapse.js';
import type { ContentLevers } from './content-levers.js';
import type { Lookback } from './lookback.js';
import type { Render, Rendered } from './records.js';
import { logKey, uniform, type Seed } from './sampling.js';

/** Log time between two ticks, Unix milliseconds. */
export interface Span {
  from: number;
  to: number;
}

export interface TopOptions {
  levers: ContentLevers;
  lookback: Lookback;
  seed: Seed;
  span: Span;
  render: Render;
}

/**
 * The stories that mode *top* shows of a segment, each with the form in which it is shown. An author's first few of a minute have a chance, each less than
 * the one before; near-duplicates become one with the weight of all; of these a weighted sample as large as the rate
 * allows is shown. Every step looks at the log alone, never at what was shown before.
 */
export function chooseStories(
  stories: readonly Rendered<AddOp>[],
  options: TopOptions,
): Map<Rendered, Rendered<AddOp>> {
  const { levers, seed, span, render } = options;
  const candidates = withWeights(stories, options);
  const clusters = collapse(
    candidates.map(({ story }) => story.op.text),
    levers['everyone.dedupe_hamming'],
  ).map(({ first, others }) => {
    const { story, weight } = candidates[first]!;
    const total = others.reduce((sum, index) => sum + candidates[index]!.weight, weight);
    return { story, similar: others.length, key: logKey(uniform(story.op.seq, seed), total) };
  });
  const shown = clusters
    .toSorted((a, b) => b.key - a.key || a.story.op.seq - b.story.op.seq)
    .slice(0, allowance(levers['everyone.rate_per_s'], span));
  return new Map(shown.map(({ story, similar }) => [story, similar > 0 ? render({ ...story.op, similar }) : story]));
}

/** The comments that mode *top* shows: a few of each story that is shown or was lately. */
export function chooseComments(
  comments: readonly Rendered<CommentOp>[],
  isShown: (story: string) => boolean,
  { levers, span }: Pick<TopOptions, 'levers' | 'span'>,
): Rendered<CommentOp>[] {
  const most = Math.min(levers['comments.inline_max'], allowance(levers['comments.per_story_rate'], span));
  const ofStory = new Map<string, number>();
  return comments.filter(({ op }) => {
    const before = ofStory.get(op.of) ?? 0;
    if (before >= most || !isShown(op.of)) return false;
    ofStory.set(op.of, before + 1);
    return true;
  });
}

/** How many a rate allows in a span: of any row of spans the allowances add up to the rate, with no state kept. */
export function allowance(perSecond: number, { from, to }: Span): number {
  return Math.floor((perSecond * to) / 1000) - Math.floor((perSecond * from) / 1000);
}

/** The least weight: 0 would be no chance at all, and has no logarithm. */
const LEAST_WEIGHT = 1e-9;

function withWeights(
  stories: readonly Rendered<AddOp>[],
  { levers, lookback }: TopOptions,
): { story: Rendered<AddOp>; weight: number }[] {
  const { 'everyone.author_decay': decay, 'everyone.author_floor': floor } = levers;
  return stories.flatMap((story) => {
    const nth = lookback.nthOfAuthor(story.op.author.id);
    if (nth >= levers['everyone.author_cap_per_min']) return [];
    return [{ story, weight: Math.max(LEAST_WEIGHT, floor, decay ** nth) }];
  });
}
