import { LOOKBACK_MS } from './lookback.js';
import type { Anchor, Tick } from './records.js';

/** Version of compose that this code writes. It reads the older ones too: what they know, it does in the same way. */
export const RULES = 2;

/** Most segments that a node holds. */
export const HELD_SEGMENTS = 600;

/** Most items that a node holds, whatever the number of segments. */
export const HELD_ITEMS = 100_000;

/** Most segments that one tick may stop holding: a tick that lies cannot take away what viewers come back for. */
export const DROPPED_AT_ONCE = 8;

/** Why a reader ignores a tick; `undefined` when it is valid. */
export type FenceFault = 'not_next' | 'other_chain' | 'goes_back' | 'bad_range' | 'unknown_rules';

/**
 * The chain of valid ticks. Every reader applies the same rule to the same log, so all agree on which ticks count,
 * however many tickers write: a tick is valid if it continues the last valid one, in number and position, and goes back
 * in nothing. All that is not in the tick or the chain (the reader's clock, say) has no part in it.
 */
export class Fence {
  /** Position and time of each valid tick from the anchor on; index = n − first. */
  private readonly places: { seq: number; at: number }[];
  private first: number;
  private last: Tick | undefined;

  /** Starts at the event's beginning (`n` = 0, `seq` = 0), or at a tick known to be valid, which is then given too. */
  constructor(anchor: Anchor, tick?: Tick) {
    this.first = anchor.n;
    this.places = [{ seq: anchor.seq, at: tick?.at ?? -Infinity }];
    this.last = tick;
  }

  get tick(): Tick | undefined {
    return this.last;
  }

  get n(): number {
    return this.first + this.places.length - 1;
  }

  /** Position of tick n; undefined when it is not held. */
  position(n: number): number | undefined {
    return this.places[n - this.first]?.seq;
  }

  /**
   * Where a node must start to read that serves from segment `serveFrom` on: the last tick that is older than that
   * segment's by all that compose looks back. `at`: time of the next tick, in case it is the one that ends the segment.
   */
  replayFrom(serveFrom: number, at: number): Anchor {
    const until = (this.places[serveFrom - this.first]?.at ?? at) - LOOKBACK_MS;
    let n = Math.min(serveFrom - 1, this.n);
    while (n > this.first && this.places[n - this.first]!.at > until) n--;
    return { n, seq: this.position(n)! };
  }

  /** Takes the tick at `seq` if it is valid; else says why not, and nothing changes. */
  admit(tick: Tick, seq: number): FenceFault | undefined {
    const fault = this.faultOf(tick);
    if (fault) return fault;
    this.places.push({ seq, at: tick.at });
    this.last = tick;
    const gone = tick.replayFrom.n - this.first;
    if (gone > 0) {
      this.places.splice(0, gone);
      this.first += gone;
    }
    return undefined;
  }

  private faultOf(tick: Tick): FenceFault | undefined {
    const { last } = this;
    if (tick.n !== this.n + 1) return 'not_next';
    if (tick.prev !== this.position(this.n)) return 'other_chain';
    if (tick.rules < (last?.rules ?? 1) || tick.rules > RULES) return 'unknown_rules';
    if (last && (tick.at < last.at || tick.epoch < last.epoch || tick.social < last.social)) return 'goes_back';
    if (last && (tick.leverRev < last.leverRev || tick.serveFrom < last.serveFrom)) return 'goes_back';
    if (tick.serveFrom > (last?.serveFrom ?? 1) + DROPPED_AT_ONCE) return 'bad_range';
    return rangeHolds(tick) ? undefined : 'bad_range';
  }
}

/** How far back `replayFrom` lies is left out on purpose: a reader that started later could not check it. */
function rangeHolds({ n, serveFrom, replayFrom }: Tick): boolean {
  return serveFrom >= 1 && serveFrom <= n && n - serveFrom < HELD_SEGMENTS && replayFrom.n < serveFrom;
}
