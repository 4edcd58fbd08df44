/** Time passes in steps of this length, so that slots of 500, 1000 and 2000 ms begin together with each. */
export const STEP_MS = 2_000;

/** Somebody who has something to do when time passes. */
export interface Inhabitant {
  /** Milliseconds until the next thing to do; Infinity = nothing. */
  dueIn(): number;
  /** Begins what is due. */
  act(): void;
  /** Resolves when everything that was begun is done. */
  settled(): Promise<void>;
}

/** The time of everybody at once: that of this machine, and what has passed beyond it. An hour takes no hour here. */
export class World {
  readonly #inhabitants = new Set<Inhabitant>();
  #passed = 0;

  /** Milliseconds that have passed beyond this machine's time; a multiple of `STEP_MS`. */
  get passed(): number {
    return this.#passed;
  }

  /** Unix milliseconds. */
  now(): number {
    return Date.now() + this.#passed;
  }

  enter(inhabitant: Inhabitant): void {
    this.#inhabitants.add(inhabitant);
  }

  leave(inhabitant: Inhabitant): void {
    this.#inhabitants.delete(inhabitant);
  }

  /** Lets time pass, and everybody do what falls due, in order of time. Rounded up to a whole step. */
  async pass(ms: number): Promise<void> {
    const end = this.#passed + steps(ms);
    while (this.#passed < end) {
      const due = Math.min(...[...this.#inhabitants].map((one) => one.dueIn()));
      this.#passed = Math.min(end, this.#passed + Math.max(STEP_MS, steps(due)));
      for (const one of this.#inhabitants) one.act();
      for (const one of this.#inhabitants) await one.settled();
    }
  }

  /** Time passes at one blow, while nobody does anything. Rounded up to a whole step. */
  leap(ms: number): void {
    this.#passed += steps(ms);
  }

  /** Lets time pass until something has happened. Throws when it has not within two hours. */
  async passUntil(what: string, happened: () => boolean): Promise<void> {
    for (let i = 0; !happened(); i++) {
      if (i === 3_600) throw new Error(`Two hours have passed, and not happened has: ${what}.`);
      await this.pass(STEP_MS);
    }
  }
}

function steps(ms: number): number {
  return Math.ceil(ms / STEP_MS) * STEP_MS;
}
