/** What the tests of checks share: real NATS and Redis, a provider on paper, and rounds of tick, plan and work. */
import {
  connectBus,
  ensureStreams,
  openWorkQueue,
  publisher,
  type Bus,
  type Task,
  type WorkQueue,
} from '@groundswell/bus';
import { NOTIFY, readNotifyTick, subjects } from '@groundswell/contracts';
import {
  RULES,
  THRESHOLDS,
  type Ask,
  type Observation,
  type Provider,
  type Reply,
  type Thresholds,
  type Value,
} from '@groundswell/relations';
import { createLog } from '@groundswell/runtime';
import {
  applySlices,
  commitPairs,
  connectStore,
  countRun,
  leaseDue,
  PARTITIONS,
  partitionOf,
  quarantinedRuns,
  quarantineRun,
  readOutbox,
  readPairs,
  type RoutedOp,
  type Store,
  type StoredNotice,
} from '@groundswell/store';
import { eventually } from '@groundswell/testing';
import { CheckWorker, type ClumpReport } from '../src/check/check-worker.js';
import { Quarantine } from '../src/check/quarantine.js';
import { LEASE_MS, Planner } from '../src/schedule/planner.js';

export const MINUTE = 60_000;
/** A task that nobody ends is handed out again after this time. */
export const ACK_WAIT_MS = 500;

/** A provider that knows what the test says. */
export class PaperProvider implements Provider {
  readonly batch = 500;
  readonly version = 1;
  readonly polled = true;
  readonly values = new Map<string, Value>();
  /** What an ask gets instead of an answer. */
  fault: ((ask: Ask) => Extract<Reply, { ok: false }>['fault'] | undefined) | undefined;
  looks = 0;
  calls = 0;

  constructor(
    readonly name: string,
    private readonly now: () => number,
  ) {}

  look(asks: readonly Ask[]): Promise<Reply[]> {
    this.looks++;
    return Promise.resolve(asks.map((ask) => this.reply(ask)));
  }

  private reply(ask: Ask): Reply {
    const fault = this.fault?.(ask);
    if (fault) return { ok: false, fault };
    const at = this.now();
    return {
      ok: true,
      seen: new Map(
        ask.subjects.map((subject): [string, Observation] => {
          const value = this.values.get(subject);
          return [subject, value ? { kind: 'value', at, value, version: 1 } : { kind: 'unknown', at }];
        }),
      ),
    };
  }
}

/** Tests share the servers: each has a provider and members of its own, and writes on in the log. */
let started = 0;
let written = 0;

export interface RoundsOptions {
  nats: string;
  redis: string;
  thresholds?: Thresholds;
}

/** A notifier without its mail: who watches whom, ticks and rounds of work, by a clock of its own. */
export class Rounds {
  now = Date.UTC(2030, 0, 1);
  readonly clock = { now: () => this.now, monotonic: () => this.now };
  readonly provider: PaperProvider;
  worker: CheckWorker;
  readonly planner: Planner;
  private slot = 0;

  private constructor(
    readonly bus: Bus,
    readonly store: Store,
    private readonly ticks: WorkQueue,
    readonly checks: WorkQueue,
    { name, thresholds }: { name: string; thresholds: Thresholds },
  ) {
    const provider = new PaperProvider(name, () => this.now);
    this.provider = provider;
    const { clock } = this;
    this.planner = new Planner({
      lease: (check, options) => leaseDue(store, { check }, options),
      publisher: publisher(bus),
      clock,
      source: '/cron/test',
    });
    this.worker = this.workerWith(thresholds);
  }

  /** Subjects about whom nobody is to be told. */
  readonly frozen = new Set<string>();

  /** A worker that believes as much as the thresholds say. */
  workerWith(thresholds: Thresholds): CheckWorker {
    const { store, provider, clock } = this;
    const log = createLog('cron', 'silent');
    return new CheckWorker({
      provider,
      read: (watchers) => readPairs(store, provider.name, watchers),
      commit: (commits) => commitPairs(store, provider.name, commits),
      credentials: () => Promise.resolve(new Map()),
      remind: () => Promise.resolve(),
      quarantine: new Quarantine({
        provider: provider.name,
        threshold: thresholds.provider,
        runMs: 15 * MINUTE,
        count: (run, tally) => countRun(store, run, tally),
        quarantine: (run) => quarantineRun(store, run),
        quarantined: (of) => quarantinedRuns(store, of),
        tripped: () => undefined,
        log,
      }),
      isFrozen: (subject) => this.frozen.has(subject),
      count: { answered: () => undefined, meant: () => undefined, tripped: () => undefined },
      rules: RULES,
      threshold: thresholds.watcher,
      usualMs: 6 * 60 * MINUTE,
      clock,
      log,
    });
  }

  static async start({ nats, redis, thresholds = THRESHOLDS }: RoundsOptions): Promise<Rounds> {
    const bus = await connectBus({ servers: nats, name: 'cron-test' });
    const store = await connectStore({ url: redis });
    await ensureStreams(bus, [NOTIFY]);
    const name = `paper${++started}`;
    const queue = (subject: string, of: string) =>
      openWorkQueue({ bus, stream: NOTIFY, subject, name: of, ackWaitMs: ACK_WAIT_MS });
    const ticks = await queue(subjects.notify('tick'), 'ticks');
    const checks = await queue(subjects.notifyCheck(name), `checks-${name}`);
    return new Rounds(bus, store, ticks, checks, { name, thresholds });
  }

  async stop(): Promise<void> {
    await Promise.all([this.bus.close(), this.store.close()]);
  }

  /** Lets watchers watch subjects from now on. */
  async watch(pairs: readonly (readonly [watcher: string, subject: string])[]): Promise<void> {
    const from = written;
    const { name: provider } = this.provider;
    const ops = pairs.map(([watcher, subject]): RoutedOp => {
      const op = { kind: 'watch', seq: ++written, provider, watcher, subject, on: true, at: this.now } as const;
      return { partition: partitionOf(watcher), op };
    });
    const slices = Array.from({ length: PARTITIONS }, (_, partition) => ({
      partition,
      from,
      to: written,
      ops: ops.flatMap((routed) => (routed.partition === partition ? [routed.op] : [])),
    }));
    await applySlices(this.store, { log: 'SOCIAL', created: 1, slices });
  }

  /** A tick, published by so many replicas, and the plan that comes of it; gives how many were planned. */
  async tick(replicas = 1): Promise<number> {
    const slot = ++this.slot;
    await Promise.all(
      Array.from({ length: replicas }, () => this.planner.tick({ provider: this.provider.name, slot })),
    );
    let planned = 0;
    for (const task of await this.ticks.take(10, { waitMs: 1_000 })) {
      planned += await this.planner.plan(readNotifyTick(task.data)!);
      task.done();
    }
    return planned;
  }

  take(most = 100): Promise<Task[]> {
    return this.checks.take(most, { waitMs: 1 });
  }

  /** What has been handed out and not ended, as soon as it is handed out again. */
  async takeAgain(): Promise<Task[]> {
    return eventually(
      async () => {
        const tasks = await this.take();
        return tasks.length > 0 ? tasks : undefined;
      },
      { timeoutMs: 20 * ACK_WAIT_MS },
    );
  }

  /** Leases who is due and makes no task of it, as a planner does that dies. */
  lease(): Promise<string[]> {
    const { now } = this;
    return leaseDue(this.store, { check: this.provider.name }, { now, until: now + LEASE_MS, limit: 64_000 });
  }

  /** Works until there is nothing to do. */
  async work(): Promise<ClumpReport> {
    const sum = { watchers: 0, conflicts: 0, returned: 0, notices: 0, faults: 0 };
    for (let tasks = await this.take(); tasks.length > 0; tasks = await this.take()) {
      const report = await this.worker.work(tasks, new AbortController().signal);
      for (const key of Object.keys(sum) as (keyof ClumpReport)[]) sum[key] += report[key];
    }
    return sum;
  }

  /** A tick and all the work of it, so many minutes after the one before. */
  async round(minutes = 0): Promise<ClumpReport> {
    this.now += minutes * MINUTE;
    await this.tick();
    return this.work();
  }

  /** `<watcher> <subject> <from> <to>` of all notices that wait. */
  async notices(watchers: readonly string[]): Promise<string[]> {
    const outboxes = await readOutbox(this.store, watchers);
    return outboxes.flatMap((notices, i) => notices.map((notice) => sentence(watchers[i]!, notice))).sort();
  }
}

function sentence(watcher: string, { json }: StoredNotice): string {
  const { subject, from, to } = JSON.parse(json) as Record<'subject' | 'from' | 'to', string>;
  return `${watcher} ${subject} ${from} ${to}`;
}
