import type { Clock, Log } from '@groundswell/runtime';

/** A takedown that is not dealt with by then is given up: a takeover of the ticker takes seconds. */
const KEEP_MS = 120_000;

/** Everything of an event is purged at most this often: anybody can take back what they wrote long ago. */
const WHOLE_EVERY_MS = 30_000;

/** Names in one request: its header must stay below what caches take. */
const KEYS_AT_A_TIME = 100;

/** Pages that hold what was taken down with tick `n`, by their surrogate keys. */
interface Job {
  n: number;
  keys: readonly string[];
  since: number;
  /** Purged once already; the second time is when every node serves what came after. */
  again: boolean;
}

export interface PurgesOptions {
  event: string;
  clock: Clock;
  log: Log;
  /** Whether this node writes the event's ticks: it alone purges. */
  held: () => boolean;
  /** Whether every node serves segment n. */
  reached: (n: number) => boolean;
  /** Purges pages by surrogate key at every cache; rejects when one of them did not do it. */
  send: (keys: readonly string[]) => Promise<void>;
}

/** What a tick took down. */
export interface Takedown {
  n: number;
  /** Segments held that were rendered anew. */
  segments: readonly number[];
  /** Something was older than all that is held: which pages have it is not known any more. */
  older: boolean;
}

/**
 * Purges what was taken down from the caches (H6): at once, and again when every node serves the segment with the
 * tombstone, since a node that was behind may have filled a cache anew. Each node remembers; the ticker's acts.
 */
export class Purges {
  private jobs: Job[] = [];
  private busy = false;
  private wholeAt = -Infinity;

  constructor(private readonly o: PurgesOptions) {}

  takenDown({ n, segments, older }: Takedown): void {
    const { event, clock } = this.o;
    if (segments.length === 0 && !older) return;
    const since = clock.monotonic();
    const keys = older ? [event] : [`${event}-snaps`, ...segments.map((segment) => `${event}-seg-${segment}`)];
    this.jobs.push({ n, keys, since, again: false });
    void this.turn();
  }

  /** Does what is due; what fails is done again at the next turn, which comes every second. */
  async turn(): Promise<void> {
    const { clock, held, reached, log, event } = this.o;
    const now = clock.monotonic();
    const late = this.jobs.filter(({ since }) => now - since > KEEP_MS);
    if (late.length > 0 && held()) log.error({ event, takedowns: late.length }, 'caches could not be purged');
    this.jobs = this.jobs.filter((job) => !late.includes(job));
    if (this.busy || !held()) return;
    const due = this.jobs.filter((job) => (!job.again || reached(job.n)) && this.mayNow(job, now));
    if (due.length === 0) return;
    this.busy = true;
    try {
      const keys = [...new Set(due.flatMap((job) => job.keys))];
      for (let i = 0; i < keys.length; i += KEYS_AT_A_TIME) await this.o.send(keys.slice(i, i + KEYS_AT_A_TIME));
      if (keys.includes(event)) this.wholeAt = now;
      const done = due.filter(({ again }) => again);
      this.jobs = this.jobs.filter((job) => !done.includes(job));
      for (const job of due) job.again = true;
    } catch (error) {
      log.warn({ err: error, event }, 'a cache was not purged; trying again');
    } finally {
      this.busy = false;
    }
  }

  private mayNow({ keys }: Job, now: number): boolean {
    return !keys.includes(this.o.event) || now - this.wholeAt >= WHOLE_EVERY_MS;
  }
}
