import type { Anchor, Tick } from './records.js';

/** Version of compose that this code implements. */
export const RULES = 1;

/** Most segments that a node holds. */
export const HELD_SEGMENTS = 600;

/** Most items that a node holds, whatever the number of segments. */
export const HELD_ITEMS = 100_000;

/** Why a reader ignores a tick; `undefined` when it is valid. */
export type FenceFault = 'not_next' | 'other_chain' | 'goes_back' | 'bad_range' | 'unknown_rules';

/**
 * The chain of valid ticks. Every reader applies the same rule to the same log, so all agree on which ticks count,
 * however many tickers write: a tick is valid if it continues the last valid one, in number and position, and goes back
 * in nothing. All that is not in the tick or the chain (the reader's clock, say) has no part in it.
 */
export class Fence {
  /** Position of each valid tick from the anchor on; index = n − first. */
  private readonly positions: number[];
  private first: number;
  private last: Tick | undefined;

  /** Starts at the event's beginning (`n` = 0, `seq` = 0), or at a tick known to be valid, which is then given too. */
  constructor(anchor: Anchor, tick?: Tick) {
    this.first = anchor.n;
    this.positions = [anchor.seq];
    this.last = tick;
  }

  get tick(): Tick | undefined {
    return this.last;
  }

  get n(): number {
    return this.first + this.positions.length - 1;
  }

  /** Position of tick n; undefined when it is not held. */
  position(n: number): number | undefined {
    return this.positions[n - this.first];
  }

  /** Takes the tick at `seq` if it is valid; else says why not, and nothing changes. */
  admit(tick: Tick, seq: number): FenceFault | undefined {
    const fault = this.faultOf(tick);
    if (fault) return fault;
    this.positions.push(seq);
    this.last = tick;
    const gone = tick.serveFrom - 1 - this.first;
    if (gone > 0) {
      this.positions.splice(0, gone);
      this.first += gone;
    }
    return undefined;
  }

  private faultOf(tick: Tick): FenceFault | undefined {
    const { last } = this;
    if (tick.n !== this.n + 1) return 'not_next';
    if (tick.prev !== this.position(this.n)) return 'other_chain';
    if (tick.rules !== RULES) return 'unknown_rules';
    if (last && (tick.at < last.at || tick.epoch < last.epoch || tick.social < last.social)) return 'goes_back';
    if (last && (tick.leverRev < last.leverRev || tick.serveFrom < last.serveFrom)) return 'goes_back';
    return rangeHolds(tick) ? undefined : 'bad_range';
  }
}

/** `replayFrom.seq` is left out on purpose: a reader that started later could not check it. */
function rangeHolds({ n, serveFrom, replayFrom }: Tick): boolean {
  return serveFrom >= 1 && serveFrom <= n && n - serveFrom < HELD_SEGMENTS && replayFrom.n === serveFrom - 1;
}
