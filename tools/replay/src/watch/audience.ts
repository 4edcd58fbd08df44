import { Viewer, type ViewerOptions } from './viewer.js';

/** Handshakes at a time while viewers connect: a node takes some hundreds a second. */
const SLICE = 50;
/** What is shown to people need not be newer. */
const GLANCE_MS = 200;

/** Milliseconds from an item's time to its receipt, over the last receipts. */
class Latencies {
  private readonly last: number[] = [];
  private next = 0;

  add(ms: number): void {
    this.last[this.next] = ms;
    this.next = (this.next + 1) % 10_000;
  }

  at(share: number): number {
    const sorted = this.last.toSorted((a, b) => a - b);
    return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  }
}

export interface AudienceProgress {
  delivered: number;
  p50: number;
  p99: number;
  live: number;
  reconnects: number;
}

/** All viewers of a run, with what they have in common: how much was delivered and how late. */
export class Audience {
  readonly viewers: Viewer[] = [];
  private readonly friendsLatency = new Latencies();
  private delivered = 0;
  private shownProgress: { at: number; progress: AudienceProgress } | undefined;

  constructor(
    private readonly event: string,
    private readonly fanouts: readonly string[],
  ) {}

  /** One more viewer, on the next node in turn. Resolves when it is connected. */
  async join(
    member?: { id: string; token: string },
    watched: Pick<ViewerOptions, 'onSegment' | 'keep'> = {},
  ): Promise<Viewer> {
    const url = this.fanouts[this.viewers.length % this.fanouts.length]!;
    const viewer = new Viewer({
      url,
      event: this.event,
      ...(member ? { member } : {}),
      ...watched,
      onReceived: (tab, { at }) => {
        this.delivered++;
        if (tab === 'friends') this.friendsLatency.add(Date.now() - at);
      },
    });
    this.viewers.push(viewer);
    viewer.start();
    await until(() => viewer.snapshots.length >= (member ? 2 : 1) || viewer.complaints.length > 0, 30_000);
    return viewer;
  }

  /** Connects so many at a time as a node takes in a moment. */
  async joinAll(
    members: readonly { id: string; token: string }[],
    watched: Pick<ViewerOptions, 'keep'> = {},
  ): Promise<void> {
    for (let from = 0; from < members.length; from += SLICE) {
      await Promise.all(members.slice(from, from + SLICE).map((member) => this.join(member, watched)));
    }
  }

  /** How it stands, made anew a few times a second. */
  get glance(): AudienceProgress {
    const now = performance.now();
    if (!this.shownProgress || now - this.shownProgress.at > GLANCE_MS)
      this.shownProgress = { at: now, progress: this.progress };
    return this.shownProgress.progress;
  }

  get progress(): AudienceProgress {
    return {
      delivered: this.delivered,
      p50: this.friendsLatency.at(0.5),
      p99: this.friendsLatency.at(0.99),
      live: this.viewers.filter(({ live }) => live).length,
      reconnects: this.viewers.reduce((sum, { reconnects }) => sum + reconnects, 0),
    };
  }

  /** Ends of the segments that viewers got, by number. */
  ticks(): Map<number, number> {
    return new Map(this.viewers.flatMap(({ ticks }) => [...ticks]));
  }

  /** Position of a tick, as any viewer got it; 0 for the beginning. */
  tickAt(n: number): number | undefined {
    if (n === 0) return 0;
    for (const viewer of this.viewers) {
      const at = viewer.ticks.get(n);
      if (at !== undefined) return at;
    }
    return undefined;
  }

  /** Number of the first tick after a position; undefined when no viewer has got there. */
  tickNumberAfter(seq: number): number | undefined {
    let first: number | undefined;
    for (const viewer of this.viewers) {
      for (const [n, at] of viewer.ticks) if (at > seq && (first === undefined || n < first)) first = n;
    }
    return first;
  }

  stop(): void {
    for (const viewer of this.viewers) viewer.stop();
  }
}

/** Waits for a condition, at most so long; whether it came true. */
export async function until(condition: () => boolean, timeoutMs: number): Promise<boolean> {
  const end = performance.now() + timeoutMs;
  while (!condition()) {
    if (performance.now() > end) return false;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return true;
}
