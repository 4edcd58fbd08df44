import { envelope, subjects, type Envelope } from '@groundswell/contracts';
import type { EventFeed, TickInput } from '@groundswell/feed';
import type { Clock, Log } from '@groundswell/runtime';
import { tickDueIn } from './due.js';

/** After a tick could not be written, the next try comes this much later. */
const RETRY_MS = 200;

export interface TickerOptions {
  event: string;
  node: string;
  feed: EventFeed;
  clock: Clock;
  log: Log;
  /** Only the holder of the lease writes. That saves work; readers fence. */
  lease: { readonly held: boolean };
  publish: (envelope: Envelope) => Promise<{ seq: number }>;
  /** Position of EVENTS that this node has read. */
  examined: () => number;
  input: () => Omit<TickInput, 'at'>;
}

/** Writes the ticks of an event while it holds the lease. Woken by whatever may make a tick due. */
export class Ticker {
  private readonly o: TickerOptions;
  /** When the last valid tick was written, if it is from here; else when it was applied. By the monotonic clock. */
  private lastAt = -Infinity;
  /** The last tick that was written here. */
  private own: { n: number; at: number; from: number } | undefined;
  /** Position of SOCIAL that must come into force: a tick that carries less leaves the change waiting. */
  private graphWanted = 0;
  private timer: NodeJS.Timeout | undefined;
  /** Levers that the last tick is known to carry. */
  private leversTold: object | undefined;
  private writing = false;
  private writtenAt = 0;
  private stopped = false;

  constructor(options: TickerOptions) {
    this.o = options;
  }

  /** The graph change at `seq` of SOCIAL, of a member connected here or to another node, waits for a tick. */
  graphChanged(seq: number): void {
    this.graphWanted = Math.max(this.graphWanted, seq);
    this.wake();
  }

  /** This node has applied a valid tick. Its way through the log and to all viewers is no part of the time between two. */
  applied(): void {
    const { feed, clock } = this.o;
    const isOwn = this.own !== undefined && feed.head?.n === this.own.n && feed.head.at === this.own.at;
    this.lastAt = isOwn ? this.own!.from : clock.monotonic();
    this.wake();
  }

  /** Looks again whether a tick is due: after each batch, and when the lease changes hands. */
  wake(): void {
    if (this.stopped || this.writing || this.timer) return;
    const wait = this.dueIn();
    if (wait === undefined) return;
    if (wait === 0) void this.write();
    else this.later(wait);
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  private dueIn(): number | undefined {
    const { feed, clock, lease, examined, input } = this.o;
    // The tick that was written last must be read first, valid or not.
    if (!lease.held || examined() < this.writtenAt) return undefined;
    return tickDueIn({
      waiting: feed.waiting > 0 || this.graphWanted > (feed.head?.social ?? 0) || this.leversWait(),
      sinceLastMs: clock.monotonic() - this.lastAt,
      segmentMs: input().levers['everyone.segment_ms'],
    });
  }

  /** Whether the levers or the epoch in force are not those of the last tick. An event that has not begun waits for none. */
  private leversWait(): boolean {
    const { feed, input } = this.o;
    const { epoch, levers, leverRev } = input();
    if (!feed.head || !feed.tickLevers) return false;
    if (epoch > feed.head.epoch) return true;
    if (levers === this.leversTold || leverRev < feed.head.leverRev) return false;
    if (JSON.stringify(levers) !== JSON.stringify(feed.tickLevers)) return true;
    this.leversTold = levers;
    return false;
  }

  private later(ms: number): void {
    this.timer = setTimeout(() => {
      this.timer = undefined;
      this.wake();
    }, ms);
  }

  private async write(): Promise<void> {
    const { event, node, feed, clock, log, publish, input } = this.o;
    const message = feed.nextTick({ ...input(), at: clock.now() });
    this.writing = true;
    this.own = { n: message.n, at: message.at, from: clock.monotonic() };
    try {
      const { seq } = await publish(
        envelope({
          subject: subjects.tick(event),
          id: `${event}:${message.epoch}:${message.n}:${node}:${message.at}`,
          source: `/fanout/${node}`,
          at: message.at,
          message,
        }),
      );
      this.writtenAt = seq;
      this.writing = false;
      this.wake();
    } catch (error) {
      log.warn({ err: error, event, n: message.n }, 'a tick could not be written');
      this.writing = false;
      if (!this.stopped && !this.timer) this.later(RETRY_MS);
    }
  }
}
