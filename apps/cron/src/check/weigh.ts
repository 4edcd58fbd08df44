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
  commit: Pick<WatcherCommit, 'watcher' | 'pairs' | 'nextAt'>;
  tally: Tally;
  /** The watcher's own breaker. */
  tripped: boolean;
  outcomes: Partial<Record<Outcome, number>>;
}

/** What a look means for a watcher: the next state of each pair, what is to be told, and when to look again. */
export function weigh({ provider, watcher, pairs, seen, rules, threshold, distrusts, usualMs }: Weighing): Weighed {
  const looks = [...seen].flatMap(([subject, observation]) => {
    const before = pairs.get(subject);
    return before === undefined ? [] : [{ subject, before, pair: read(before), observation }];
  });
  const values = looks.filter(({ observation }) => observation.kind === 'value');
  const tally = {
    pairs: values.length,
    differing: values.filter(({ pair, observation }) => differs(pair, observation)).length,
  };
  const tripped = trips(tally, threshold);
  const outcomes: Weighed['outcomes'] = {};
  let nextAt = Infinity;
  const commits = looks.map(({ subject, before, pair, observation }): PairCommit => {
    const isOfThisLook = (at: number): boolean => tripped && at === observation.at;
    const step = observe({ pair, observation, rules, distrusts: (at) => isOfThisLook(at) || distrusts(at) });
    outcomes[step.outcome] = (outcomes[step.outcome] ?? 0) + 1;
    nextAt = Math.min(nextAt, Math.max(observation.at, nextCheckAt(step.pair, usualMs, rules)));
    const after = encodePair(step.pair);
    if (!step.change) return { subject, before, after };
    const name = { watcher, provider, subject };
    return {
      subject,
      before,
      after,
      notice: { id: noticeId(name, step.change), json: JSON.stringify({ provider, subject, ...step.change }) },
    };
  });
  return { commit: { watcher, pairs: commits, nextAt }, tally, tripped, outcomes };
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
