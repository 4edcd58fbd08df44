import type { Ask, Provider } from '@groundswell/relations';
import type { Clock } from '@groundswell/runtime';
import { MemoryBudget } from '../src/providers/budget/memory-budget.js';
import { Origin } from '../src/providers/http/origin.js';
import { ALLOWANCES } from '../src/providers/providers.js';
import { RemoteProvider } from '../src/providers/remote/remote-provider.js';
import type { Dialect } from '../src/providers/remote/dialect.js';
import { startDouble, type DoubleProcess } from './double-process.js';
import type { Stage, StageFault } from './provider-contract.js';

export interface Names {
  watcher(number: number): string;
  subject(number: number): string;
}

type World = Parameters<Stage['put']>[0];

const WATCHERS = [1, 2, 3, 4];
const NOW = 1_800_000_000_000;
const clock: Clock = { now: () => NOW, monotonic: () => 0 };

/** A remote provider, and the double in a process of its own, over loopback. */
export async function startRemote(dialect: Dialect, names: Names): Promise<RemoteStage> {
  return new RemoteStage(dialect, names, await startDouble());
}

export class RemoteStage implements Stage {
  readonly now = NOW;
  provider!: Provider;
  #origin: Origin | undefined;
  #members: unknown[] = [];

  constructor(
    private readonly dialect: Dialect,
    private readonly names: Names,
    private readonly double: DoubleProcess,
  ) {}

  subject(number: number): string {
    return this.names.subject(number);
  }

  ask(watcher: number, subjects: readonly string[]): Ask {
    return {
      watcher: `member-${watcher}`,
      subjects,
      credential: { account: this.names.watcher(watcher), token: `token-${watcher}` },
    };
  }

  async put({ count, yes = [], gone = [], hidden }: World): Promise<void> {
    const watchers = WATCHERS.map((number) => this.names.watcher(number));
    const subjects = Array.from({ length: count }, (_, index) => index + 1).map((number) => ({
      id: this.subject(number),
      status: yes.includes(number) ? 'Married' : 'Single',
      follows: yes.includes(number) ? watchers : [],
      hidesFrom: hidden?.subjects.includes(number) === true ? [this.names.watcher(hidden.watcher)] : [],
      state: gone.includes(number) ? 'gone' : 'here',
    }));
    this.#members = [...watchers.map((id) => ({ id })), ...subjects];
    await this.#world(WATCHERS);
    await this.double.control('DELETE faults');
    await this.double.control('DELETE requests');
    await this.double.control('PUT settings', {});
    await this.#renew();
  }

  async spoil({ watcher, ...fault }: StageFault): Promise<void> {
    const viewer = watcher === undefined ? {} : { viewer: this.names.watcher(watcher) };
    await this.double.control('POST faults', { ...fault, ...viewer });
  }

  async pageSize(size: number): Promise<void> {
    await this.double.control('PUT settings', { pageSize: size });
  }

  reset(watcher: number): Promise<void> {
    return this.#world(WATCHERS.filter((number) => number !== watcher));
  }

  async requests(): Promise<number[]> {
    const entries = (await this.double.control('GET requests')) as { ids: number }[];
    return entries.map(({ ids }) => ids).filter((ids) => ids > 0);
  }

  async stop(): Promise<void> {
    await this.#origin?.stop();
    await this.double.stop();
  }

  async #world(watchers: readonly number[]): Promise<void> {
    const tokens = Object.fromEntries(watchers.map((number) => [`token-${number}`, this.names.watcher(number)]));
    await this.double.control('PUT world', { members: this.#members, tokens });
  }

  async #renew(): Promise<void> {
    await this.#origin?.stop();
    const baseUrl = `${this.double.url}/${this.dialect.name}`;
    const responseMaxBytes = 8 * 1024 * 1024;
    this.#origin = new Origin({ baseUrl, connections: 4, timeoutMs: 500, responseMaxBytes }, clock);
    const budget = new MemoryBudget({ clock, allowances: ALLOWANCES });
    this.provider = new RemoteProvider({ dialect: this.dialect, origin: this.#origin, budget, clock, concurrency: 4 });
  }
}
