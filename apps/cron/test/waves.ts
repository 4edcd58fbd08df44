import {
  differs,
  NEW_PAIR,
  noticeKey,
  observe,
  trips,
  type Ask,
  type Outcome,
  type Pair,
  type Provider,
  type Tally,
  type Thresholds,
} from '@groundswell/relations';

/** One notice, as it would be told. */
export interface Told {
  key: string;
  watcher: number;
  subject: number;
  to: string;
}

export interface Heard {
  told: Told[];
  outcomes: ReadonlyMap<Outcome, number>;
  /** Watchers whose run was put in quarantine. */
  quarantined: number;
}

export interface Class {
  provider: Provider;
  /** Members are 1 to `size`; everybody watches everybody else. */
  size: number;
  ask: (watcher: number, subjects: readonly number[]) => Ask;
  subject: (number: number) => string;
  thresholds: Thresholds;
}

/** The pairs of a class, looked at again and again: what a worker does, without its store. */
export class WatchedClass {
  readonly #pairs = new Map<string, Pair>();
  /** Runs that are not trusted, by when they looked. */
  readonly #distrusted = new Set<string>();

  constructor(private readonly of: Class) {}

  /** Looks once at all pairs. */
  async look(): Promise<Heard> {
    const { provider, size, ask, subject, thresholds } = this.of;
    const members = Array.from({ length: size }, (_, index) => index + 1);
    const asks = members.map((watcher) => ask(watcher, others(members, watcher)));
    const replies = await provider.look(asks, new AbortController().signal);
    const looks = members.flatMap((watcher, index) => {
      const reply = replies[index]!;
      if (!reply.ok) throw new Error(`${watcher}: ${JSON.stringify(reply.fault)}`);
      return others(members, watcher).map((number) => {
        const id = `${watcher} ${number}`;
        const pair = this.#pairs.get(id) ?? NEW_PAIR;
        return { id, watcher, number, pair, observation: reply.seen.get(subject(number))! };
      });
    });
    const ofWatcher = new Map(
      members.map((watcher) => [watcher, tally(looks.filter((one) => one.watcher === watcher))]),
    );
    const isWholeRunOdd = trips(tally(looks), thresholds.provider);
    const odd = members.filter((watcher) => isWholeRunOdd || trips(ofWatcher.get(watcher)!, thresholds.watcher));
    const heard = { told: [] as Told[], outcomes: new Map<Outcome, number>(), quarantined: odd.length };
    for (const { id, watcher, number, pair, observation } of looks) {
      if (odd.includes(watcher)) this.#distrusted.add(`${watcher} ${observation.at}`);
      const distrusts = (at: number): boolean => this.#distrusted.has(`${watcher} ${at}`);
      const step = observe({ pair, observation, distrusts });
      this.#pairs.set(id, step.pair);
      heard.outcomes.set(step.outcome, (heard.outcomes.get(step.outcome) ?? 0) + 1);
      if (step.change) {
        const name = { watcher: String(watcher), provider: provider.name, subject: subject(number) };
        heard.told.push({ key: noticeKey(name, step.change), watcher, subject: number, to: step.change.to });
      }
    }
    return heard;
  }
}

function others(members: readonly number[], watcher: number): number[] {
  return members.filter((number) => number !== watcher);
}

type One = Parameters<typeof differs>;

function tally(looks: readonly { pair: One[0]; observation: One[1] }[]): Tally {
  const seen = looks.filter(({ observation }) => observation.kind === 'value');
  return { pairs: seen.length, differing: seen.filter(({ pair, observation }) => differs(pair, observation)).length };
}
