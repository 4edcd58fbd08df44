/** A tick that counts. */
export interface ValidTick {
  n: number;
  /** Position in EVENTS. */
  seq: number;
  /** Position in SOCIAL in force from here on. */
  social: number;
}

/** The fields of a tick by which it is judged. */
export interface JudgedTick extends ValidTick {
  prev: number;
  at: number;
  epoch: number;
  rules: number;
  leverRev: number;
  serveFrom: number;
}

/** What must never go back from one tick to the next. */
const RISING = ['social', 'at', 'epoch', 'leverRev', 'serveFrom'] as const;

/** A tick that lets go of more segments than this at once, or of all, would take away what viewers come back for. */
const DROPPED_AT_ONCE = 8;

/**
 * The ticks of an event that count, in log order: each names the one before it and goes back in nothing. All nodes of a
 * run are of one version, so the rules stay what they are.
 */
export class TickChain {
  readonly valid: ValidTick[] = [];
  private last: JudgedTick | undefined;

  /** Takes the next tick of the log; ignores one that does not continue the chain. */
  take(tick: JudgedTick): void {
    const { last } = this;
    if (tick.n !== (last?.n ?? 0) + 1 || tick.prev !== (last?.seq ?? 0)) return;
    if (last && (tick.rules !== last.rules || RISING.some((field) => tick[field] < last[field]))) return;
    if (tick.serveFrom > tick.n || tick.serveFrom > (last?.serveFrom ?? 1) + DROPPED_AT_ONCE) return;
    this.last = tick;
    this.valid.push({ n: tick.n, seq: tick.seq, social: tick.social });
  }
}

/** Which position of SOCIAL is in force where in EVENTS. */
export class InForce {
  constructor(private readonly ticks: readonly ValidTick[]) {}

  /** By the last tick before an item at `seq`; 0 before the first. */
  before(seq: number): number {
    return this.ticks[this.indexBefore(seq)]?.social ?? 0;
  }

  /** By the last tick at or before `seq`. */
  at(seq: number): number {
    return this.before(seq + 1);
  }

  /** By the last tick before `seq` and by every later one up to `upTo`. */
  between(seq: number, upTo: number): number[] {
    const later = this.ticks.slice(this.indexBefore(seq) + 1).filter((tick) => tick.seq <= upTo);
    return [...new Set([this.before(seq), ...later.map(({ social }) => social)])];
  }

  /** Index of the last tick before `seq`; −1 when there is none. */
  private indexBefore(seq: number): number {
    let [low, high] = [0, this.ticks.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.ticks[middle]!.seq < seq) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }
}
