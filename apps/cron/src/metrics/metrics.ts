import type { Fault, Outcome } from '@groundswell/relations';
import { Counter, Gauge, type Registry } from 'prom-client';

/** Watchers whose time has come, and since when the first one is, Unix milliseconds. */
export interface Waiting {
  count: number;
  since: number | undefined;
}

export interface MetricsOptions {
  registry: Registry;
  providers: readonly string[];
  /** Who waits for a look at a provider, and who for a letter. */
  due: (provider: string) => Promise<Waiting>;
  letters: () => Promise<Waiting>;
  /** Tasks that wait for an operator. */
  dead: () => Promise<number>;
  /** How long a provider is asked nothing: its budget is used up, or somebody has ordered it. Milliseconds. */
  pausedMs: (provider: string) => Promise<number>;
  /** Requests made to a provider so far. */
  requests: (provider: string) => number;
  now: () => number;
}

const NAME = 'groundswell_notifier';

/** What an operator watches. Whoever is asked for it asks the store; a store that is out leaves its figures out. */
export class NotifierMetrics {
  private readonly planned: Counter<'provider'>;
  private readonly looked: Counter<'provider'>;
  private readonly outcomes: Counter<'provider' | 'outcome'>;
  private readonly calls: Counter<'provider' | 'outcome' | 'reason'>;
  private readonly trips: Counter<'provider' | 'scope'>;
  private readonly letters: Counter<'outcome'>;
  private readonly stopped: Counter<'reason'>;
  private readonly buried: Counter;

  constructor(options: MetricsOptions) {
    const registers = [options.registry];
    const counter = <T extends string>(name: string, help: string, labelNames: T[]): Counter<T> =>
      new Counter({ name: `${NAME}_${name}_total`, help, labelNames, registers });
    this.planned = counter('planned', 'Tasks made of watchers who were due', ['provider']);
    this.looked = counter('looked', 'Watchers who have been looked at', ['provider']);
    this.outcomes = counter('pairs', 'Pairs by what a look meant for them', ['provider', 'outcome']);
    this.calls = counter('provider_calls', 'Answers of a provider, one for each watcher', [
      'provider',
      'outcome',
      'reason',
    ]);
    this.trips = counter('breaker_trips', 'Times that very many changes at once were not believed', [
      'provider',
      'scope',
    ]);
    this.letters = counter('letters', 'Letters by what became of them', ['outcome']);
    this.stopped = counter('stopped_addresses', 'Addresses to which nothing more is sent', ['reason']);
    this.buried = counter('dead_tasks', 'Tasks that were given up', []);
    this.watch(options);
  }

  planFor(provider: string, watchers: number): void {
    this.planned.inc({ provider }, watchers);
  }

  looksAt(provider: string, watchers: number): void {
    this.looked.inc({ provider }, watchers);
  }

  meant(provider: string, outcomes: Partial<Record<Outcome, number>>): void {
    for (const [outcome, count] of Object.entries(outcomes)) this.outcomes.inc({ provider, outcome }, count);
  }

  answered(provider: string, fault: Fault | undefined): void {
    this.calls.inc({ provider, outcome: fault?.kind ?? 'ok', reason: fault?.reason ?? '' });
  }

  tripped(provider: string, scope: 'watcher' | 'provider'): void {
    this.trips.inc({ provider, scope });
  }

  letter(outcome: string): void {
    this.letters.inc({ outcome });
  }

  addressStopped(reason: string): void {
    this.stopped.inc({ reason });
  }

  taskBuried(): void {
    this.buried.inc();
  }

  private watch({ registry, providers, due, letters, dead, pausedMs, requests, now }: MetricsOptions): void {
    const made = new Counter({
      name: `${NAME}_provider_requests_total`,
      help: 'Requests made to a provider',
      labelNames: ['provider'],
      registers: [],
      collect() {
        this.reset();
        for (const provider of providers) this.inc({ provider }, requests(provider));
      },
    });
    registry.registerMetric(made);
    const gauge = <T extends string>(
      name: string,
      help: string,
      labelNames: T[],
      collect: (of: Gauge<T>) => Promise<void>,
    ) =>
      new Gauge({
        name: `${NAME}_${name}`,
        help,
        labelNames,
        registers: [registry],
        async collect() {
          this.reset();
          await collect(this).catch(() => undefined);
        },
      });
    const lag = ({ since }: Waiting): number => (since === undefined ? 0 : Math.max(0, now() - since) / 1_000);
    const ofEach = async (set: (provider: string, waiting: Waiting) => void): Promise<void> => {
      for (const provider of providers) set(provider, await due(provider));
    };
    gauge('due_watchers', 'Watchers whose time for a look has come', ['provider'], (of) =>
      ofEach((provider, { count }) => of.set({ provider }, count)),
    );
    gauge('due_lag_seconds', 'Since when the first of them waits', ['provider'], (of) =>
      ofEach((provider, waiting) => of.set({ provider }, lag(waiting))),
    );
    gauge('provider_pause_seconds', 'How long a provider is asked nothing', ['provider'], async (of) => {
      for (const provider of providers) of.set({ provider }, (await pausedMs(provider)) / 1_000);
    });
    gauge('letters_due', 'Watchers whose time for a letter has come', [], async (of) =>
      of.set((await letters()).count),
    );
    gauge('outbox_age_seconds', 'Since when the first of them waits', [], async (of) => of.set(lag(await letters())));
    gauge('dead_tasks_waiting', 'Tasks that wait for an operator', [], async (of) => of.set(await dead()));
  }
}
