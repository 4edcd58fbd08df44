import { envelope, subjects, type CountsMessage, type Envelope } from '@groundswell/contracts';
import type { Log } from '@groundswell/runtime';
import { readCounts, settleCounts, untoldStories, type Store, type StoredCounts } from '@groundswell/store';

export interface CountsTellerOptions {
  store: Store;
  publish: (envelope: Envelope) => Promise<unknown>;
  /** Writer of the messages, a URI reference. */
  source: string;
  /** Only the holder of the lease tells. That saves work: what is told twice is the same message. */
  lease: { readonly held: boolean };
  /** Whether the view has got to the end of the log: until then it would tell of the past. */
  isCurrent: () => boolean;
  /** The lever `counts.tick_ms` of an event. */
  tickMs: (event: string) => number;
  clock: { now(): number; monotonic(): number };
  log: Log;
}

/** How often it looks; the lever allows no shorter time. */
const LOOK_MS = 250;

/** Stories of a partition that are told of in one go; more wait for the next. */
const AT_A_TIME = 200;

/**
 * Tells how many comments and likes stories have: absolute counts, of each story at most once in the time that the lever
 * names. A story waits in Redis until the log has acknowledged its counts, so that no death of a process loses any.
 */
export class CountsTeller {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  /** When the counts of an event were told last. */
  private readonly toldAt = new Map<string, number>();

  constructor(private readonly o: CountsTellerOptions) {}

  start(): void {
    this.timer = setInterval(() => {
      this.running ??= this.look().finally(() => (this.running = undefined));
    }, LOOK_MS);
  }

  /** Resolves when nothing is on its way any more. */
  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
  }

  private async look(): Promise<void> {
    const { store, lease, isCurrent, log } = this.o;
    if (!lease.held || !isCurrent() || !store.up) return;
    try {
      await this.tell();
    } catch (error) {
      log.warn({ err: error }, 'counts could not be told; they wait');
    }
  }

  private async tell(): Promise<void> {
    const { store, publish, clock, tickMs } = this.o;
    const now = clock.monotonic();
    const isDue = (event: string): boolean => now - (this.toldAt.get(event) ?? -Infinity) >= tickMs(event);
    const due = (await untoldStories(store, AT_A_TIME)).filter(({ event }) => isDue(event));
    if (due.length === 0) return;
    for (const { event } of due) this.toldAt.set(event, now);
    const counts = await readCounts(store, due);
    const told = await Promise.allSettled(counts.map((one) => publish(this.envelopeOf(one))));
    await settleCounts(
      store,
      counts.filter((_, index) => told[index]!.status === 'fulfilled'),
    );
    const failed = told.find((outcome) => outcome.status === 'rejected');
    if (failed) throw failed.reason;
  }

  private envelopeOf({ event, story, author, audience, comments, likes, asOf }: StoredCounts): Envelope {
    const message: CountsMessage = { of: story, ofAuthor: author, comments, likes, asOf };
    return envelope({
      subject: subjects.feed(event, audience, 'counts'),
      id: `counts:${event}:${story}:${asOf}`,
      source: this.o.source,
      at: this.o.clock.now(),
      message,
    });
  }
}
