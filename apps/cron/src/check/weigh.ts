import {
  decodePair,
  differs,
  encodePair,
  NEW_PAIR,
  nextCheckAt,
  noticeKey,
  observe,
  PairUnreadable,
  trips,
  type Change,
  type Observation,
  type Outcome,
  type Pair,
  type Rules,
  type Step,
  type Tally,
  type Threshold,
} from '@groundswell/relations';
import type { PairCommit, StoredPairs, WatcherCommit } from '@groundswell/store';
import { createHash } from 'node:crypto';

export interface Weighing {
  provider: string;
  watcher: string;
  /** What is known, as it is stored. */
  pairs: StoredPairs;
  /** What a look has brought, of each subject that was asked for. */
  seen: ReadonlyMap<string, Observation>;
  rules: Rules;
  /** From where on a change of very many of the watcher's pairs is not believed. */
  threshold: Threshold;
  /** Whether the run of a look at that time is in quarantine. */
  distrusts: (at: number) => boolean;
  /** Between two looks when nothing is going on, milliseconds. */
  usualMs: number;
}

export interface Weighed {
  /** `pairs`: those that are another than before. */
  commit: Pick<WatcherCommit, 'watcher' | 'pairs' | 'nextAt'>;
  tally: Tally;
  /** The watcher's own breaker. */
  tripped: boolean;
  outcomes: Partial<Record<Outcome, number>>;
}

/** What a look means for a watcher: the next state of each pair, what is to be told, and when to look again. */
export function weigh({ provider, watcher, pairs, seen, rules, threshold, distrusts, usualMs }: Weighing): Weighed {
  const looks: { subject: string; before: string; pair: Pair; observation: Observation }[] = [];
  const tally = { pairs: 0, differing: 0 };
  for (const [subject, observation] of seen) {
    const before = pairs.get(subject);
    if (before === undefined) continue;
    const pair = read(before);
    looks.push({ subject, before, pair, observation });
    if (observation.kind !== 'value') continue;
    tally.pairs++;
    if (differs(pair, observation)) tally.differing++;
  }
  const tripped = trips(tally, threshold);
  const outcomes: Weighed['outcomes'] = {};
  let nextAt = Infinity;
  const commits: PairCommit[] = [];
  for (const { subject, before, pair, observation } of looks) {
    const isDistrusted = (at: number): boolean => (tripped && at === observation.at) || distrusts(at);
    const step = observe({ pair, observation, rules, distrusts: isDistrusted });
    outcomes[step.outcome] = (outcomes[step.outcome] ?? 0) + 1;
    nextAt = Math.min(nextAt, Math.max(observation.at, nextCheckAt(step.pair, usualMs, rules)));
    if (isAsBefore(pair, step)) continue;
    const after = encodePair(step.pair);
    if (!step.change) {
      commits.push({ subject, before, after });
      continue;
    }
    const id = noticeId({ watcher, provider, subject }, step.change);
    const json = JSON.stringify({ provider, subject, ...step.change });
    commits.push({ subject, before, after, notice: { id, json } });
  }
  return { commit: { watcher, pairs: commits, nextAt }, tally, tripped, outcomes };
}

/**
 * Whether a look has found nothing new, as nearly all do: a write for each would be most of what a look costs. `seenAt` of a
 * stable pair is then the time of the last look that did; nothing is told because of a single one, whichever came first.
 */
function isAsBefore(before: Pair, { pair: after, outcome }: Step): boolean {
  if (outcome === 'stale') return true;
  if (outcome !== 'same' || before.state !== 'stable' || after.state !== 'stable') return false;
  return before.known.changes === after.known.changes;
}

/** A pair that makes no sense is one of which nothing is known: it begins anew, in silence. */
function read(text: string): Pair {
  try {
    return decodePair(text);
  } catch (error) {
    if (error instanceof PairUnreadable) return NEW_PAIR;
    throw error;
  }
}

function noticeId(name: Parameters<typeof noticeKey>[0], change: Change): string {
  return createHash('sha256').update(noticeKey(name, change)).digest('base64url').slice(0, 22);
}
