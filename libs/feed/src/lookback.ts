import { Tail } from './tail.js';

/** How long a story that was shown is known to compose: its comments (mode *top*) and counts are shown for so long. */
export const CHECKED_MS = 600_000;

/** Most such stories, whatever the time. */
const CHECKED_MOST = 100_000;

const MINUTE_MS = 60_000;

/**
 * Log time that a node must read before the first segment it serves. What compose remembers depends on no decision that
 * is older: an author's minute on nothing but the log, stories shown on the minutes in which they were chosen.
 */
export const LOOKBACK_MS = CHECKED_MS + MINUTE_MS;

/** What compose knows of the segments before. Time is that of ticks. */
export class Lookback {
  private minute = -1;
  private readonly ofAuthor = new Map<string, number>();
  /** Running number among the stories shown, by id, in their order. */
  private readonly shown = new Map<string, number>();
  /** Ticks with the number of the first story that each could show. */
  private readonly ticks = new Tail<{ at: number; first: number }>();
  /** Position up to which counts have been told, of the stories of which some have. */
  private readonly told = new Map<string, number>();
  private next = 0;

  /** A tick: forgets what is too old at its time. */
  begin(at: number): void {
    const minute = Math.floor(at / MINUTE_MS);
    if (minute !== this.minute) this.ofAuthor.clear();
    this.minute = minute;
    const { ticks, next } = this;
    ticks.push({ at, first: next });
    while (ticks.at(0).at < at - CHECKED_MS) ticks.drop(1);
    const from = Math.max(ticks.at(0).first, next - CHECKED_MOST);
    for (const [id, index] of this.shown) {
      if (index >= from) break;
      this.takeBack(id);
    }
  }

  /** Counts a story of an author; how many came before it in this minute of the clock. */
  nthOfAuthor(author: string): number {
    const before = this.ofAuthor.get(author) ?? 0;
    this.ofAuthor.set(author, before + 1);
    return before;
  }

  /** The tick that has begun shows a story. */
  show(id: string): void {
    this.shown.set(id, this.next++);
    this.told.delete(id);
  }

  takeBack(id: string): void {
    this.shown.delete(id);
    this.told.delete(id);
  }

  /** Whether a story is among the `newest` that were shown. */
  isChecked(id: string, newest = Infinity): boolean {
    const index = this.shown.get(id);
    return index !== undefined && this.next - index <= newest;
  }

  /** Whether counts of a story are newer than what has been told. */
  isNews(id: string, asOf: number): boolean {
    return this.shown.has(id) && asOf > (this.told.get(id) ?? 0);
  }

  tell(id: string, asOf: number): void {
    if (this.isNews(id, asOf)) this.told.set(id, asOf);
  }
}
