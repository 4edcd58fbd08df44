import type { Ask, Provider, StopSignal } from '@groundswell/relations';
import type { Clock } from '@groundswell/runtime';
import { OwnNetwork } from '../src/providers/own/own-network.js';
import type { Published, PublishedStatus, StatusReader, Wanted } from '../src/providers/own/published.js';
import type { Stage, StageFault } from './provider-contract.js';

type World = Parameters<Stage['put']>[0];
type Answer = [string, Published][];

const NOW = 1_800_000_000_000;
const clock: Clock = { now: () => NOW, monotonic: () => 0 };
const never = new Promise<never>(() => undefined);

/** Our own network, with a double of what it reads from. */
export class OwnStage implements Stage, StatusReader {
  readonly now = NOW;
  provider: Provider = new OwnNetwork(this, clock);
  #world: World = { count: 0 };
  #faults: string[] = [];
  #reads: number[] = [];

  subject(number: number): string {
    return `s${number}`;
  }

  ask(watcher: number, subjects: readonly string[]): Ask {
    return { watcher: `w${watcher}`, subjects };
  }

  put(world: World): Promise<void> {
    this.#world = world;
    this.#faults = [];
    this.#reads = [];
    return Promise.resolve();
  }

  spoil({ kind }: StageFault): Promise<void> {
    this.#faults.push(kind);
    return Promise.resolve();
  }

  requests(): Promise<number[]> {
    return Promise.resolve([...this.#reads]);
  }

  pageSize(): Promise<void> {
    throw new Error('There are no pages.');
  }

  reset(): Promise<void> {
    throw new Error('There are no tokens.');
  }

  stop(): Promise<void> {
    return Promise.resolve();
  }

  async readStatuses(wanted: readonly Wanted[], _signal: StopSignal): Promise<ReadonlyMap<string, Published>> {
    this.#reads.push(wanted.length);
    const right = wanted.flatMap((one) => this.#published(one));
    return new Map(await spoiled(right, this.#faults.shift()));
  }

  #published({ subject, watchers }: Wanted): Answer {
    const number = Number(subject.slice(1));
    const { count, yes = [], gone = [], hidden } = this.#world;
    if (number > count) return [];
    if (gone.includes(number)) return [[subject, { state: 'gone' }]];
    const sees = (watcher: string): boolean =>
      !(hidden?.subjects.includes(number) === true && watcher === `w${hidden.watcher}`);
    const value = yes.includes(number) ? 'married' : 'single';
    return [[subject, { ...SHOWN, value, shownTo: new Set(watchers.filter(sees)) }]];
  }
}

const SHOWN: PublishedStatus = { state: 'published', value: 'none', since: 1, quiet: false, shownTo: new Set() };

async function spoiled(right: Answer, fault: string | undefined): Promise<Answer> {
  switch (fault) {
    case undefined:
      return right;
    case 'missing':
      return right.slice(1);
    case 'unknown_value':
      return right.map(([subject, one], index) => [subject, index === 0 ? ({ ...one, value: 'odd' } as never) : one]);
    case 'permuted':
      return right.toReversed();
    case 'error_500':
      throw new Error('The view is behind.');
    case 'wrong_ids':
      return [...right.slice(1), ['stranger', SHOWN]];
    case 'other_member':
      return right.map(([, one], index) => [`stranger-${index}`, one]);
    case 'flood':
      return Array.from({ length: 10_000 }, (_, index) => [`stranger-${index}`, SHOWN]);
    case 'hang':
      return never;
    default:
      throw new Error(`There is no fault "${fault}" here.`);
  }
}
