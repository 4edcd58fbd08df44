/**
 * Compose: the public messages between two ticks become a segment, in log order, as the levers of the later tick want it.
 * Pure: same records and ticks from the look-back on, same segment.
 */
import type { AddOp, CountsOp, ItemOp, PinOp } from '@groundswell/protocol';
import { chooseComments, chooseStories, type Span } from './choose-top.js';
import { contentLevers, type ContentLevers } from './content-levers.js';
import type { Lookback } from './lookback.js';
import { pinOpWithout } from './pins.js';
import { isOfItem, isOp, itemOf, type Render, type Rendered, type Tick } from './records.js';
import type { Seed } from './sampling.js';

export interface Segment {
  epoch: number;
  n: number;
  /** First and last position examined: the one after tick n−1, and tick n's own. */
  seq: readonly [number, number];
  at: number;
  /** Public messages between the ticks; those that are shown. Caps, sampling or a retraction take the rest. Pins are none. */
  seen: number;
  shown: number;
  ops: readonly Rendered[];
}

type Items = readonly Rendered<ItemOp>[];

export interface ComposeInput {
  tick: Tick;
  /** Position of the tick. */
  seq: number;
  /** Time of tick n−1; undefined when there is none. */
  previousAt: number | undefined;
  /** Public ops since tick n−1, in log order. */
  ops: Items;
  /** What is pinned from this segment on, when that has changed; and the ids of all that is pinned. */
  pin?: Rendered<PinOp> | undefined;
  pinned?: ReadonlySet<string>;
  lookback: Lookback;
  seed: Seed;
  render: Render;
}

/** Makes segment n and lets `lookback` know what it shows. Segments must be made in their order, each once. */
export function compose(input: ComposeInput): Segment {
  const { tick, seq, ops, lookback, pin } = input;
  const levers = contentLevers(tick.levers);
  lookback.begin(tick.at);
  const kept = capBytes(choose(withoutRetracted(ops), levers, input), levers['everyone.segment_max_bytes']);
  for (const { op } of kept) {
    if (op.t === 'add') lookback.show(op.id);
    else if (op.t === 'tomb') lookback.takeBack(op.id);
  }
  // Those that a cap took are told too: what compose knows must follow from the log alone.
  for (const { op } of ops) if (op.t === 'counts') lookback.tell(op.of, op.asOf);
  return {
    epoch: tick.epoch,
    n: tick.n,
    seq: [tick.prev + 1, seq],
    at: tick.at,
    seen: ops.length,
    shown: kept.length,
    ops: pin ? [...kept, pin] : kept,
  };
}

/** The segment without an op that was retracted later, nor its counts, nor its pin; itself when it holds none of them. */
export function withoutOp(segment: Segment, id: string, render: Render): Segment {
  const ops = segment.ops.flatMap((rendered) => {
    if (isOp('pin')(rendered)) return pinOpWithout(rendered, id, render);
    return isOfItem(rendered as Rendered<ItemOp>, id) ? [] : rendered;
  });
  const gone = segment.ops.length - ops.length;
  const isSame = gone === 0 && ops.every((rendered, i) => rendered === segment.ops[i]);
  return isSame ? segment : { ...segment, shown: segment.shown - gone, ops };
}

/** What is retracted before its segment is sealed is never shown; the tombstone still is. */
function withoutRetracted(ops: Items): Items {
  const retracted = new Set<string>();
  for (const { op } of ops) if (op.t === 'tomb') retracted.add(op.id);
  return retracted.size === 0 ? ops : ops.filter(({ op }) => op.t === 'tomb' || !retracted.has(itemOf(op)));
}

/** The ops that the mode shows, in log order. */
function choose(ops: Items, levers: ContentLevers, input: ComposeInput): Items {
  const stories = storiesOf(ops, levers, input);
  const told = ops.filter(isOp('counts'));
  const isTop = levers['everyone.mode'] === 'top';
  const now = isTop || told.length > 0 ? shownNow(ops, stories) : NONE;
  const comments = commentsOf(ops, levers, { ...input, now });
  const counts = newestCounts(told, { ...input, now });
  return ops.flatMap((rendered) => {
    switch (rendered.op.t) {
      case 'add':
        return stories === 'all' ? rendered : (stories.get(rendered) ?? []);
      case 'comment':
        return comments === 'all' || comments.has(rendered) ? rendered : [];
      case 'counts':
        return counts.has(rendered) ? rendered : [];
      case 'tomb':
        return rendered;
    }
  });
}

const NONE: ReadonlySet<never> = new Set();

/** The stories that are shown, each with its form. */
type Stories = 'all' | ReadonlyMap<Rendered, Rendered<AddOp>>;

function storiesOf(ops: Items, levers: ContentLevers, input: ComposeInput): Stories {
  switch (levers['everyone.mode']) {
    case 'all':
      return 'all';
    case 'top':
      return chooseStories(ops.filter(isOp('add')), { ...input, levers, span: spanOf(input, levers) });
    case 'paused':
      return new Map();
  }
}

/** Ids of the stories that this very segment shows. */
function shownNow(ops: Items, stories: Stories): ReadonlySet<string> {
  const shown = stories === 'all' ? ops.filter(isOp('add')) : [...stories.values()];
  return new Set(shown.map(({ op }) => op.id));
}

/** `now`: the stories of this very segment. */
type WithNow = ComposeInput & { now: ReadonlySet<string> };

function commentsOf(ops: Items, levers: ContentLevers, { now, ...input }: WithNow): 'all' | ReadonlySet<Rendered> {
  if (!levers['comments.enabled'] || levers['everyone.mode'] === 'paused') return NONE;
  if (levers['everyone.mode'] === 'all') return 'all';
  const newest = levers['comments.checked_stories'] - now.size;
  const isShown = (id: string): boolean => now.has(id) || input.lookback.isChecked(id, newest);
  return new Set(chooseComments(ops.filter(isOp('comment')), isShown, { levers, span: spanOf(input, levers) }));
}

function spanOf({ tick, previousAt }: ComposeInput, levers: ContentLevers): Span {
  return { from: previousAt ?? tick.at - levers['everyone.segment_ms'], to: tick.at };
}

/** The newest counts of each story that is pinned, shown or was lately, unless something newer has been told before. */
function newestCounts(all: readonly Rendered<CountsOp>[], { now, lookback, pinned }: WithNow): ReadonlySet<Rendered> {
  if (all.length === 0) return NONE;
  const newest = new Map<string, Rendered<CountsOp>>();
  for (const counts of all) {
    const other = newest.get(counts.op.of);
    if (!other || other.op.asOf <= counts.op.asOf) newest.set(counts.op.of, counts);
  }
  return new Set(
    [...newest.values()].filter(({ op }) => now.has(op.of) || pinned?.has(op.of) || lookback.isNews(op.of, op.asOf)),
  );
}

/**
 * Tombstones always pass; of the rest, as many as fit, oldest first. Stories go before comments and counts: which of those
 * there are depends on what was shown before, and stories must not.
 */
function capBytes(ops: Items, maxBytes: number): Items {
  let bytes = 0;
  for (const { bytes: size } of ops) bytes += size;
  if (bytes <= maxBytes) return ops;
  const stories = fitting(ops.filter(isOp('add')), maxBytes);
  const others = fitting(
    ops.filter(({ op }) => op.t === 'comment' || op.t === 'counts'),
    maxBytes - stories.bytes,
  );
  return ops.filter((rendered) => rendered.op.t === 'tomb' || stories.kept.has(rendered) || others.kept.has(rendered));
}

/** The first ones that fit, up to the first that does not. */
function fitting(ops: Items, room: number): { kept: ReadonlySet<Rendered>; bytes: number } {
  const kept = new Set<Rendered>();
  let bytes = 0;
  for (const rendered of ops) {
    if (bytes + rendered.bytes > room) break;
    bytes += rendered.bytes;
    kept.add(rendered);
  }
  return { kept, bytes };
}
