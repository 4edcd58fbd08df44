import {
  LeverBook,
  type LeverKey,
  type LeverScope,
  type LeverStanding,
  type LeverValue,
  type ResolvedLevers,
} from '@groundswell/levers';
import { inner, type Bus } from './bus.js';
import { LeverCopy } from './lever-copy.js';
import { LeverReading } from './lever-reading.js';
import { SILENT, type Log } from './log.js';

export interface LeverBoardOptions {
  /** May still be connecting: until then the copy, or the defaults, are in force. */
  bus: Bus | Promise<Bus>;
  /** Where a copy is kept, for a start at which NATS does not answer. One process a file. */
  file?: string;
  /** Wall clock, by which leases end. */
  clock: { now(): number };
  log?: Log;
  /** Milliseconds that opening waits for the bucket; default 2,000. */
  waitMs?: number;
}

/** A value in force is another one. */
export interface LeverChange {
  /** Undefined: for every event that has no value of its own. */
  event: LeverScope;
  key: LeverKey;
  from: LeverValue;
  to: LeverValue;
}

/** The levers in force on this process, as far as it knows. */
export interface LeverBoard {
  /** Where the values are from: nowhere, the copy on disk, or the bucket. */
  readonly source: 'defaults' | 'copy' | 'bucket';
  /** Everything known to the server is in force here. */
  readonly caughtUp: boolean;
  /** Events with values of their own. */
  readonly events: readonly string[];
  /** Values for an event, or for those without values of their own. The same object as long as nothing changes. */
  of(event?: string): ResolvedLevers;
  /** The same for people, with where each value comes from. */
  explain(event?: string): LeverStanding[];
  /** Calls `listener` after every change, also when a lease has ended; returns what ends that. */
  onChange(listener: (changes: readonly LeverChange[]) => void): () => void;
  /** Resolves when the copy is written. */
  stop(): Promise<void>;
}

/** A wall clock may be set: the end of a lease is looked for at least this often. */
const LOOK_MS = 500;
const WAIT_MS = 2_000;

/**
 * Opens the board: resolves when the bucket has been read, or after `waitMs` with what is known by then. It goes on
 * reading for ever, through any trouble, and nothing that somebody writes into the bucket can break it.
 */
export async function openLeverBoard(options: LeverBoardOptions): Promise<LeverBoard> {
  const copy = options.file === undefined ? undefined : new LeverCopy(options.file, options.log ?? SILENT);
  const board = new Board(options, copy, await copy?.read());
  await board.ready(options.waitMs ?? WAIT_MS);
  return board;
}

type Values = ReadonlyMap<LeverScope, ResolvedLevers['levers']>;

class Board implements LeverBoard {
  source: LeverBoard['source'];
  private book: LeverBook;
  private told: Values;
  private reading: LeverReading | undefined;
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;
  private readonly listeners = new Set<(changes: readonly LeverChange[]) => void>();
  private readonly log: Log;
  private firstBook: () => void = () => undefined;
  private readonly opened = new Promise<void>((resolve) => (this.firstBook = resolve));

  constructor(
    private readonly options: LeverBoardOptions,
    private readonly copy: LeverCopy | undefined,
    kept: LeverBook | undefined,
  ) {
    this.log = options.log ?? SILENT;
    this.source = kept ? 'copy' : 'defaults';
    this.book = kept ?? new LeverBook();
    this.told = this.values();
    this.look();
    void this.start();
  }

  get caughtUp(): boolean {
    return this.reading?.caughtUp === true;
  }

  get events(): readonly string[] {
    return this.book.events;
  }

  of(event?: string): ResolvedLevers {
    return this.book.of(event, this.options.clock.now());
  }

  explain(event?: string): LeverStanding[] {
    return this.book.explain(event, this.options.clock.now());
  }

  onChange(listener: (changes: readonly LeverChange[]) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  async ready(waitMs: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, waitMs)));
    await Promise.race([this.opened, late]);
    clearTimeout(timer);
    if (this.source === 'bucket') return;
    this.log.warn({ source: this.source }, 'the bucket of levers does not answer yet; starting without it');
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    this.listeners.clear();
    await this.reading?.stop();
    await this.copy?.settle();
  }

  private async start(): Promise<void> {
    try {
      const bus = inner(await this.options.bus);
      if (this.stopped) return;
      this.reading = new LeverReading({
        bus,
        log: this.log,
        floor: () => this.book.rev,
        onBook: (book) => this.take(book),
        onMore: () => this.changed(),
      });
    } catch (error) {
      this.log.error({ reason: (error as Error).message }, 'levers cannot be read; those last known stay in force');
      this.firstBook();
    }
  }

  private take(book: LeverBook): void {
    this.book = book;
    this.source = 'bucket';
    this.changed();
    this.firstBook();
  }

  private changed(): void {
    this.copy?.keep(this.book);
    this.look();
  }

  /** Tells what is another value than last told, and waits for the next end of a lease. */
  private look(): void {
    if (this.stopped) return;
    const before = this.told;
    this.told = this.values();
    const changes = differences(before, this.told);
    if (changes.length > 0) {
      this.log.info({ changes, rev: this.book.rev, source: this.source }, 'levers have changed');
      for (const listener of this.listeners) this.call(listener, changes);
    }
    const now = this.options.clock.now();
    const end = this.book.nextEnd(now);
    clearTimeout(this.timer);
    if (end !== Infinity) this.timer = setTimeout(() => this.look(), Math.min(LOOK_MS, Math.max(1, end - now)));
  }

  /** A listener's fault is not that of the others, nor of the reading. */
  private call(listener: (changes: readonly LeverChange[]) => void, changes: readonly LeverChange[]): void {
    try {
      listener(changes);
    } catch (error) {
      this.log.error({ err: error }, 'a listener of the levers failed');
    }
  }

  private values(): Values {
    const scopes: LeverScope[] = [undefined, ...this.book.events];
    return new Map(scopes.map((scope) => [scope, this.of(scope).levers]));
  }
}

/** An event that has lost, or just got, values of its own is compared with what all events have. */
function differences(before: Values, after: Values): LeverChange[] {
  const changes: LeverChange[] = [];
  for (const event of new Set([...before.keys(), ...after.keys()])) {
    const [old, now] = [before.get(event) ?? before.get(undefined), after.get(event) ?? after.get(undefined)];
    if (!old || !now || old === now) continue;
    for (const key of Object.keys(now) as LeverKey[]) {
      if (old[key] !== now[key]) changes.push({ event, key, from: old[key], to: now[key] });
    }
  }
  return changes;
}
