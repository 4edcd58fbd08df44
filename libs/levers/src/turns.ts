import { LeverRefused } from './errors.js';
import { growsOnly, type LeverRecord } from './record.js';
import type { LeverKey, LeverValue } from './registry.js';
import { requireLever } from './values.js';

/** A stored record with its position in the bucket. */
export interface Turn {
  revision: number;
  record: LeverRecord;
}

/** What counts at a moment. */
export interface InForce {
  value: LeverValue | null;
  /** The turn that says so; undefined when only the `base` of a lease remembers it. */
  turn: Turn | undefined;
}

/** Leases kept in memory of one lever in one scope; as many as the bucket keeps records. */
const MAX_TURNS = 64;

/** The records of one lever in one scope that still matter: the last one set for good, and the leases after it. */
export class Turns {
  private readonly turns: Turn[] = [];

  constructor(private readonly key: LeverKey) {}

  get all(): readonly Turn[] {
    return this.turns;
  }

  get lastRevision(): number {
    return this.turns.at(-1)?.revision ?? 0;
  }

  /** What was set for good, whatever leases there are; null when nothing is. */
  get base(): LeverValue | null {
    const oldest = this.turns[0]?.record;
    return (oldest?.until === undefined ? oldest?.value : oldest.base) ?? null;
  }

  /** Takes the next record. Throws `LeverRefused` for one that would let a growing lever go back. */
  add(turn: Turn): void {
    this.checkGrowth(turn.record);
    if (turn.record.until === undefined) this.turns.length = 0;
    this.turns.push(turn);
    if (this.turns.length > MAX_TURNS) this.turns.shift();
  }

  /** The newest record whose lease, if it has one, has not ended. Undefined when nothing was ever set. */
  at(now: number): InForce | undefined {
    const turn = this.turns.findLast(({ record }) => record.until === undefined || record.until > now);
    if (turn) return { value: turn.record.value, turn };
    return this.turns.length > 0 ? { value: this.base, turn: undefined } : undefined;
  }

  /** When the next lease ends that has not ended yet, Unix milliseconds; Infinity when there is none. */
  nextEnd(now: number): number {
    let next = Infinity;
    for (const { record } of this.turns) {
      if (record.until !== undefined && record.until > now) next = Math.min(next, record.until);
    }
    return next;
  }

  /** Throws `LeverRefused` when `add` would. */
  checkGrowth({ value }: LeverRecord): void {
    const last = this.turns.at(-1)?.record.value;
    if (!growsOnly(requireLever(this.key)) || last === undefined) return;
    if (Number(value) >= Number(last)) return;
    throw new LeverRefused('lever_shrinks', `${this.key} only grows: it is ${last} and cannot become ${value}.`);
  }
}
