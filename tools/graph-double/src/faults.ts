import type { Api } from './answer.js';
import type { Asked } from './apis/dialect.js';
import type { Fault, FaultKind } from './fault.js';
import { seeded } from './random.js';

/** Some of all answers, at random. */
export interface Chance {
  /** 0 to 1. */
  share: number;
  kinds: readonly FaultKind[];
}

/** Which answers go wrong, and how: those that were ordered, then some by chance. The same seed has the same faults. */
export class Faults {
  readonly next: () => number;
  #ordered: Fault[] = [];
  #chance: Chance = { share: 0, kinds: [] };

  constructor(seed: number) {
    this.next = seeded(seed);
  }

  order(fault: Fault): void {
    this.#ordered.push({ times: 1, ...fault });
  }

  leaveToChance(chance: Chance): void {
    this.#chance = chance;
  }

  clear(): void {
    this.#ordered = [];
    this.#chance = { share: 0, kinds: [] };
  }

  /** The fault of the next answer to this question. */
  draw(api: Api, path: string, asked: Asked | undefined): Fault | undefined {
    const { viewer, ids = [] } = asked ?? {};
    const found = this.#ordered.find(
      (fault) =>
        (fault.api ?? api) === api &&
        (fault.path === undefined ? asked !== undefined : fault.path === path) &&
        (fault.viewer ?? viewer) === viewer &&
        (fault.subject === undefined || ids.includes(fault.subject)),
    );
    if (found) {
      found.times = found.times! - 1;
      if (found.times === 0) this.#ordered.splice(this.#ordered.indexOf(found), 1);
      return found;
    }
    const { share, kinds } = this.#chance;
    if (!asked || kinds.length === 0 || this.next() >= share) return undefined;
    return { kind: kinds[Math.floor(this.next() * kinds.length)]! };
  }
}
