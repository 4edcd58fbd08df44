import type { Task } from '@groundswell/bus';
import { readCheckTask, type CheckTask } from '@groundswell/contracts';
import type {
  Ask,
  Fault,
  Observation,
  Outcome,
  Provider,
  Reply,
  Rules,
  Tally,
  Threshold,
} from '@groundswell/relations';
import type { Clock, Log } from '@groundswell/runtime';
import type { StoredPairs, WatcherCommit } from '@groundswell/store';
import { nameless } from '../nameless.js';
import type { Quarantine } from './quarantine.js';
import { weigh, type Weighed } from './weigh.js';

/** A provider that gives no time is asked again after this one. */
const SOFT_MS = 5 * 60_000;
const NOTHING_NEW: ReadonlySet<string> = new Set<Outcome>(['stale', 'baseline', 'same']);

/** An answer that makes no sense is not asked for again soon. */
const HARD_MS = 60 * 60_000;

export interface CheckWorkerOptions {
  provider: Provider;
  read: (watchers: readonly string[]) => Promise<StoredPairs[]>;
  commit: (commits: readonly WatcherCommit[]) => Promise<boolean[]>;
  /** Who watchers are at the provider; those who are not in it have given no permission, or need none. */
  credentials: (watchers: readonly string[]) => Promise<ReadonlyMap<string, NonNullable<Ask['credential']>>>;
  /** Watchers in whose name nothing can be asked; some of them have to connect an account again. */
  remind: (watchers: readonly string[]) => Promise<void>;
  quarantine: Quarantine;
  /** Whether an operator lets nobody be told of a subject: what a look brings of them is left out. */
  isFrozen: (subject: string) => boolean;
  count: CheckCounts;
  rules: Rules;
  /** Of one watcher. */
  threshold: Threshold;
  /** Between two looks when nothing is going on, milliseconds. */
  usualMs: number;
  clock: Clock;
  log: Log;
}

/** For metrics. */
export interface CheckCounts {
  answered: (fault: Fault | undefined) => void;
  meant: (outcomes: Weighed['outcomes']) => void;
  tripped: () => void;
}

/** What became of a clump of tasks. */
export interface ClumpReport {
  watchers: number;
  /** Watchers of whom another worker has written meanwhile. */
  conflicts: number;
  /** Watchers who were given back because the worker was stopped. */
  returned: number;
  notices: number;
  faults: number;
}

/** Looks at those whom watchers watch: reads, asks and writes a clump of watchers at a time. */
export class CheckWorker {
  constructor(private readonly o: CheckWorkerOptions) {}

  /**
   * Works off tasks that were taken together, and ends them; those that had no answer yet when `signal` aborted are given
   * back, so that somebody else has them at once. Rejects, with the tasks left open, when the store is out of
   * reach: they are handed out again.
   */
  async work(tasks: readonly Task[], signal: AbortSignal): Promise<ClumpReport> {
    const clump = new Map<string, { task: Task; until: number }>();
    for (const task of tasks) {
      const check = readCheckTask(task.data);
      if (!check) {
        this.o.log.error({ seq: task.seq }, 'a task of the checks makes no sense to this version');
        task.done();
        continue;
      }
      // A look ends one lease, that of its task: another lease of the same watcher needs another look.
      if (clump.has(check.watcher)) task.later(0);
      else clump.set(check.watcher, { task, until: check.until });
    }
    const { report, left } = await this.check(clump, signal);
    for (const [watcher, { task }] of clump) {
      if (left.has(watcher)) task.later(0);
      else task.done();
    }
    return report;
  }

  private async check(
    clump: ReadonlyMap<string, { until: number }>,
    signal: AbortSignal,
  ): Promise<{ report: ClumpReport; left: ReadonlySet<string> }> {
    const watchers = [...clump.keys()];
    const { provider, read, commit, credentials, quarantine } = this.o;
    const [pairs, distrusts, known] = await Promise.all([
      read(watchers),
      quarantine.distrusts(),
      credentials(watchers),
    ]);
    const asked = watchers.flatMap((watcher, i) => (pairs[i]!.size > 0 ? [{ watcher, pairs: pairs[i]! }] : []));
    const asks = asked.map(({ watcher, pairs: of }): Ask => {
      const credential = known.get(watcher);
      const subjects = [...of.keys()];
      return credential ? { watcher, subjects, credential } : { watcher, subjects };
    });
    const replies = await provider.look(asks, signal);
    const tally: Tally = { pairs: 0, differing: 0 };
    const left = new Set<string>();
    const commits = asked.flatMap(({ watcher, pairs: of }, i) => {
      const reply = replies[i]!;
      if (isAborted(reply)) {
        left.add(watcher);
        return [];
      }
      const weighed = this.weighed(watcher, of, reply, distrusts);
      tally.pairs += weighed.tally.pairs;
      tally.differing += weighed.tally.differing;
      const { until } = clump.get(watcher)!;
      this.looked({ watcher, until }, weighed.outcomes);
      return [{ ...weighed.commit, leasedUntil: until }];
    });
    // Before the commit, so that after a crash in between the next look does it again.
    const mute = asked.filter((_, i) => isAuth(replies[i]!)).map(({ watcher }) => watcher);
    if (mute.length > 0) await this.o.remind(mute);
    const now = this.o.clock.now();
    const [written] = await Promise.all([commit(commits), quarantine.add(now, tally)]);
    const report = {
      watchers: watchers.length,
      conflicts: written.filter((done) => !done).length,
      returned: left.size,
      notices: commits.reduce((sum, one, i) => sum + (written[i] ? countNotices(one) : 0), 0),
      faults: replies.filter((reply) => !reply.ok && !isAborted(reply)).length,
    };
    return { report, left };
  }

  private weighed(
    watcher: string,
    pairs: StoredPairs,
    reply: Reply,
    distrusts: (at: number) => boolean,
  ): { commit: Omit<WatcherCommit, 'leasedUntil'>; tally: Tally; outcomes: Weighed['outcomes'] } {
    const { provider, rules, threshold, usualMs, isFrozen, count, clock, log } = this.o;
    const now = clock.now();
    count.answered(reply.ok ? undefined : reply.fault);
    const nothing: Tally = { pairs: 0, differing: 0 };
    if (!reply.ok && reply.fault.kind !== 'auth') {
      this.told(reply.fault);
      const nextAt = now + (reply.fault.kind === 'soft' ? (reply.fault.retryAfterMs ?? SOFT_MS) : HARD_MS);
      return { commit: { watcher, pairs: [], nextAt, lookedAt: now }, tally: nothing, outcomes: {} };
    }
    if (!reply.ok) this.told(reply.fault);
    const seen = without(isFrozen, reply.ok ? reply.seen : unauthorised(pairs, now));
    const result = weigh({ provider: provider.name, watcher, pairs, seen, rules, threshold, distrusts, usualMs });
    count.meant(result.outcomes);
    if (result.tripped) {
      count.tripped();
      log.error({ provider: provider.name, ...result.tally }, 'too many pairs of one watcher have changed at once');
    }
    const nextAt = Number.isFinite(result.commit.nextAt) ? result.commit.nextAt : now + usualMs;
    return { commit: { ...result.commit, nextAt, lookedAt: now }, tally: result.tally, outcomes: result.outcomes };
  }

  /** The lease tells the tasks of a watcher apart. Of thousands a second most bring nothing new. */
  private looked({ watcher, until }: Pick<CheckTask, 'watcher' | 'until'>, outcomes: Weighed['outcomes']): void {
    const { provider, log } = this.o;
    const level = Object.keys(outcomes).every((one) => NOTHING_NEW.has(one)) ? 'debug' : 'info';
    if (!log.isLevelEnabled(level)) return;
    log[level]({ provider: provider.name, watcher: nameless(watcher), until, ...outcomes }, 'weighed');
  }

  private told({ kind, reason }: Fault): void {
    const fields = { provider: this.o.provider.name, reason };
    if (kind === 'hard') this.o.log.error(fields, 'a provider answers something else than agreed');
    else this.o.log.debug(fields, 'a look brought no answer');
  }
}

function without(
  isFrozen: (subject: string) => boolean,
  seen: ReadonlyMap<string, Observation>,
): ReadonlyMap<string, Observation> {
  for (const subject of seen.keys()) {
    if (isFrozen(subject)) return new Map([...seen].filter(([one]) => !isFrozen(one)));
  }
  return seen;
}

function unauthorised(pairs: StoredPairs, at: number): Map<string, Observation> {
  return new Map([...pairs.keys()].map((subject) => [subject, { kind: 'unauthorised', at }]));
}

function isAborted(reply: Reply): boolean {
  return !reply.ok && reply.fault.kind === 'soft' && reply.fault.reason === 'aborted';
}

function isAuth(reply: Reply): boolean {
  return !reply.ok && reply.fault.kind === 'auth';
}

function countNotices({ pairs }: Pick<WatcherCommit, 'pairs'>): number {
  return pairs.filter(({ notice }) => notice).length;
}
