import { LeverBook, type LeverEntry } from '@groundswell/levers';
import type { NatsBus } from './bus.js';
import { LEVERS_PREFIX, LEVERS_STREAM, leverEntry } from './lever-entries.js';
import type { Log } from './log.js';
import { OrderedReader } from './ordered-reader.js';

export interface LeverReadingOptions {
  bus: NatsBus;
  log: Log;
  /** Where the revisions of the next book start. */
  floor: () => number;
  /** All of the bucket has been read, for the first time or anew: this book counts from now on. */
  onBook: (book: LeverBook) => void;
  /** The book that counts has got more entries. */
  onMore: () => void;
}

/** Until the bucket is there, or JetStream answers. */
const RETRY_MS = 1_000;

/**
 * Reads the bucket of levers with all of its history, for ever. A bucket that has to be read again, because it was
 * made anew or its server has lost the end of it, goes into another book, which counts when it is complete.
 */
export class LeverReading {
  private book = new LeverBook();
  private live = false;
  private created: string | undefined;
  private lastRevision = 0;
  private reader: OrderedReader<LeverEntry> | undefined;
  private complaint: string | undefined;
  private stopped = false;
  private wake: () => void = () => undefined;
  private readonly done: Promise<void>;

  constructor(private readonly options: LeverReadingOptions) {
    this.done = this.run();
  }

  /** Everything known to the server is in the book. */
  get caughtUp(): boolean {
    return this.live && this.reader?.caughtUp === true;
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.reader?.stop();
    this.wake();
    await this.done;
  }

  private async run(): Promise<void> {
    const { bus } = this.options;
    while (!this.stopped && !bus.closed) {
      const reader = this.open();
      try {
        await reader.open();
        await reader.run();
      } catch (error) {
        this.complain((error as Error).message);
      }
      if (!this.stopped && !bus.closed) await this.pause();
    }
  }

  private open(): OrderedReader<LeverEntry> {
    this.created = undefined;
    this.reader = new OrderedReader<LeverEntry>({
      bus: this.options.bus,
      stream: LEVERS_STREAM,
      filter: `${LEVERS_PREFIX}>`,
      start: { seq: 1 },
      onChange: 'again',
      read: leverEntry,
      onBatch: (batch) => this.take(batch),
      onCaughtUp: () => this.caught(),
    });
    return this.reader;
  }

  private take(batch: readonly LeverEntry[]): void {
    this.renew(batch[0]!.revision <= this.lastRevision);
    for (const entry of batch) {
      const reason = this.book.add(entry);
      this.lastRevision = entry.revision;
      if (reason === undefined) continue;
      const { key, revision } = entry;
      this.options.log.warn({ key, revision, reason }, 'a record of a lever is not acceptable and was passed over');
    }
    if (this.live) this.options.onMore();
  }

  private caught(): void {
    this.complaint = undefined;
    this.renew(false);
    if (this.live) return;
    this.live = true;
    this.options.onBook(this.book);
  }

  /** Turns to another book when the bucket is another one, or is being read again. */
  private renew(again: boolean): void {
    const created = this.reader?.log?.createdText;
    if (!again && created === this.created) return;
    this.created = created;
    this.book = new LeverBook(this.options.floor());
    this.live = false;
    this.lastRevision = 0;
  }

  private complain(reason: string): void {
    if (reason === this.complaint) return;
    this.complaint = reason;
    this.options.log.warn({ reason }, 'levers cannot be read; those last known stay in force');
  }

  private pause(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, RETRY_MS);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
