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

interface Shown {
  /** Running number among the stories shown. */
  index: number;
  /** Time of its tick. */
  at: number;
  /** Position up to which its counts have been told. */
  asOf: number;
}

/** What compose knows of the segments before. Time is that of ticks. */
export class Lookback {
  private minute = -1;
  private readonly ofAuthor = new Map<string, number>();
  /** By id, in the order in which they were shown. */
  private readonly shown = new Map<string, Shown>();
  private next = 0;

  /** Forgets what is too old at the time of a tick. */
  begin(at: number): void {
    const minute = Math.floor(at / MINUTE_MS);
    if (minute !== this.minute) this.ofAuthor.clear();
    this.minute = minute;
    for (const [id, story] of this.shown) {
      if (story.at >= at - CHECKED_MS && this.next - story.index <= CHECKED_MOST) break;
      this.shown.delete(id);
    }
  }

  /** Counts a story of an author; how many came before it in this minute of the clock. */
  nthOfAuthor(author: string): number {
    const before = this.ofAuthor.get(author) ?? 0;
    this.ofAuthor.set(author, before + 1);
    return before;
  }

  show(id: string, at: number): void {
    this.shown.set(id, { index: this.next++, at, asOf: 0 });
  }

  takeBack(id: string): void {
    this.shown.delete(id);
  }

  /** Whether a story is among the `newest` that were shown. */
  isChecked(id: string, newest = Infinity): boolean {
    const story = this.shown.get(id);
    return story !== undefined && this.next - story.index <= newest;
  }

  /** Whether counts of a story are newer than what has been told. */
  isNews(id: string, asOf: number): boolean {
    const story = this.shown.get(id);
    return story !== undefined && asOf > story.asOf;
  }

  tell(id: string, asOf: number): void {
    const story = this.shown.get(id);
    if (story) story.asOf = Math.max(story.asOf, asOf);
  }
}
