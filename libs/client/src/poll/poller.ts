import type { EveryoneSnapFrame, HeadBody, SegFrame } from '@groundswell/protocol';
import { retryDelay } from '../engine/backoff.js';
import type { ClientClock, Timers } from '../feed/environment.js';
import { needsSnapshot, pagesOf } from './catch-up.js';
import type { Answer, PageReader } from './page-reader.js';
import type { EveryoneSink } from '../engine/sink.js';
import { SlotClock } from './slot-clock.js';

export interface PollerOptions {
  pages: PageReader;
  sink: EveryoneSink;
  timers: Timers;
  clock: ClientClock;
  /** 0 ≤ x < 1. */
  random: () => number;
  /** Told of every head of the newest epoch, after what it names has been taken in. */
  onHead?: (head: HeadBody) => void;
}

/** Interval and slot until the first head has said otherwise; milliseconds. */
const FIRST_POLL_MS = 5_000;
const FIRST_SLOT_MS = 1_000;
const FIRST_HIDDEN_FACTOR = 6;

/** Bounds of what a server can ask for, milliseconds. */
const POLL_MIN_MS = 500;
const POLL_MAX_MS = 600_000;

/** Whether everything up to the head was taken in. */
type Outcome = { t: 'caughtUp' } | { t: 'failed'; retryAfterMs: number };

const CAUGHT_UP = { t: 'caughtUp' } as const;

/**
 * Carries Everyone by polling: one request per interval while the newest segments are inline in the head, and after
 * each poll the client stands where the head does (H2). One poll at a time.
 */
export class Poller {
  readonly #options: PollerOptions;
  readonly #slots: SlotClock;
  /** The run that counts: answers to an earlier one are late and ignored. */
  #run: object | undefined;
  #cancel: (() => void) | undefined;
  #hidden = false;
  #failures = 0;
  #pollMs = FIRST_POLL_MS;
  #jitter = 0.2;
  #hiddenFactor = FIRST_HIDDEN_FACTOR;
  #slotMs = FIRST_SLOT_MS;
  /** Whether a page was missing when the segments up to a head were last fetched. */
  #incomplete = false;
  /** What the last head said was taken down. */
  #tombs: ReadonlySet<string> = new Set();

  constructor(options: PollerOptions) {
    this.#options = options;
    this.#slots = new SlotClock(options.clock);
  }

  get running(): boolean {
    return this.#run !== undefined;
  }

  /** Polls at once and then in the server's interval. Does nothing when it already runs. */
  start(): void {
    if (this.#run) return;
    this.#run = {};
    this.#failures = 0;
    this.#begin(this.#run);
  }

  /** Idempotent. A poll under way comes to nothing. */
  stop(): void {
    this.#run = undefined;
    this.#cancel?.();
    this.#cancel = undefined;
  }

  /** Hidden pages poll slower; one that is shown again polls at once. */
  visible(visible: boolean): void {
    const shown = this.#hidden && visible;
    this.#hidden = !visible;
    if (shown) this.wake();
  }

  /** Polls now instead of waiting; a poll under way is left alone. */
  wake(): void {
    if (!this.#run || !this.#cancel) return;
    this.#cancel();
    this.#cancel = undefined;
    this.#begin(this.#run);
  }

  /** What a listener throws is thrown outside, where it is seen as one of the socket's would be; polling goes on. */
  #begin(run: object): void {
    this.#poll(run).catch((cause: unknown) => {
      this.#failed(run, { t: 'gone' });
      this.#options.timers.set(() => {
        throw cause;
      }, 0);
    });
  }

  async #poll(run: object): Promise<void> {
    const { pages } = this.#options;
    if (this.#slots.unsure) {
      const asked = this.#slots.read();
      const time = await pages.time();
      if (this.#run !== run) return;
      if (time.t !== 'page') return this.#failed(run, time);
      if (!this.#slots.correct(time.body.now, asked)) return this.#failed(run, { t: 'gone' });
    }
    const turn = this.#slots.take(this.#slotMs);
    if (turn.t === 'wait') return this.#again(run, turn.ms);
    const head = await pages.head(this.#slotMs, turn.slot);
    if (this.#run !== run) return;
    if (head.t !== 'page') return this.#failed(run, head);
    const { body } = head;
    if (!('snap' in body)) this.#pollMs = bounded(body.pollMs);
    else if (!this.#isOld(body)) {
      const outcome = await this.#follow(run, body);
      if (this.#run !== run) return;
      if (outcome.t === 'failed') return this.#failed(run, outcome);
    }
    if ('snap' in body && body.epoch >= this.#options.sink.epoch) this.#options.onHead?.(body);
    this.#failures = 0;
    this.#again(run, this.#interval());
  }

  /** N2: of an older epoch, or behind what is held already; none of it counts, not even its interval. */
  #isOld(head: HeadBody): boolean {
    const { cursor, epoch } = this.#options.sink;
    return head.epoch < epoch || (cursor?.epoch === head.epoch && head.n < cursor.n);
  }

  async #follow(run: object, head: HeadBody): Promise<Outcome> {
    const { sink } = this.#options;
    this.#pollMs = bounded(head.pollMs);
    this.#jitter = Math.min(1, head.jitter);
    this.#slotMs = head.slotMs;
    this.#hiddenFactor = Math.max(1, head.hiddenFactor ?? FIRST_HIDDEN_FACTOR);
    // Before the content, since a page from a cache can still hold what was taken down since.
    this.#takeTombs(head.tombs);
    // H4: a shed head moves no cursor; who has none yet may take the snapshot that it names.
    if (head.shed && sink.cursor) return CAUGHT_UP;
    // The event has not begun: there is no page to ask for.
    if (head.n === 0) return CAUGHT_UP;
    if (needsSnapshot(sink.cursor, head)) return this.#fromSnapshot(run, head);
    const outcome = await this.#fromPages(run, head, sink.cursor!.n);
    if (outcome === 'gone') return this.#fromSnapshot(run, head);
    const again = this.#incomplete;
    this.#incomplete = outcome.t === 'failed';
    // A page that stays away, such as an error that a cache keeps, must not hold everything after it back (H2).
    return this.#incomplete && again ? this.#fromSnapshot(run, head) : outcome;
  }

  async #fromPages(run: object, head: HeadBody, held: number): Promise<Outcome | 'gone'> {
    const { pages } = this.#options;
    const wanted = pagesOf(held + 1, head.n - head.inline.length);
    const answers = await Promise.all(wanted.map((page) => pages.segments(head.epoch, page)));
    if (this.#run !== run) return CAUGHT_UP;
    for (const answer of answers) {
      // What came before a page that is missing is whole, and stays; what comes after it waits for the next poll.
      if (answer.t === 'gone') return 'gone';
      if (answer.t === 'none') return { t: 'failed', retryAfterMs: answer.retryAfterMs };
      this.#takeSegments(run, answer.body);
    }
    this.#takeSegments(run, head.inline);
    return CAUGHT_UP;
  }

  async #fromSnapshot(run: object, head: HeadBody): Promise<Outcome> {
    const { pages } = this.#options;
    this.#incomplete = false;
    const answer = await pages.snapshot(head.epoch, head.snap);
    if (this.#run !== run) return CAUGHT_UP;
    if (answer.t !== 'page') return { t: 'failed', retryAfterMs: answer.t === 'none' ? answer.retryAfterMs : 0 };
    this.#takeSnapshot(run, { ...answer.body, t: 'snap', tab: 'everyone' });
    if (this.#run !== run) return CAUGHT_UP;
    const outcome = await this.#fromPages(run, head, head.snap);
    return outcome === 'gone' ? { t: 'failed', retryAfterMs: 0 } : outcome;
  }

  /** Another transport may have moved the cursor meanwhile: what it brought is not taken again, nor said to be skipped. */
  #takeSnapshot(run: object, snap: EveryoneSnapFrame): void {
    const { sink } = this.#options;
    const { cursor } = sink;
    const { epoch, n } = snap.cursor;
    if (epoch < sink.epoch || (cursor?.epoch === epoch && n <= cursor.n)) return;
    if (cursor && cursor.epoch < epoch) sink.take({ t: 'reset', tab: 'everyone', reason: 'epoch' });
    else if (cursor) sink.take({ t: 'skip', tab: 'everyone', from: cursor.n, to: n, missed: n - cursor.n });
    if (this.#run === run) sink.take(snap);
  }

  #takeSegments(run: object, segments: readonly SegFrame[]): void {
    const { sink } = this.#options;
    for (const segment of segments) {
      const { cursor } = sink;
      if (this.#run !== run) return;
      if (cursor?.epoch === segment.epoch && cursor.n + 1 === segment.n) sink.take(segment);
    }
  }

  #takeTombs(tombs: readonly string[]): void {
    const ids = tombs.filter((id) => !this.#tombs.has(id));
    this.#tombs = new Set(tombs);
    if (ids.length > 0) this.#options.sink.take({ t: 'tombs', ids });
  }

  #failed(run: object, failure: Exclude<Answer<unknown>, { t: 'page' }> | Outcome): void {
    const delay = retryDelay(this.#failures++, this.#options.random);
    // Only the first try comes before its time: the interval, above all of a hidden page, holds for failures too (H5).
    const least = this.#failures > 1 ? this.#interval() : 0;
    this.#again(run, Math.max(delay, least, 'retryAfterMs' in failure ? failure.retryAfterMs : 0));
  }

  /** The server's interval, spread evenly by the jitter's share to both sides. Milliseconds. */
  #interval(): number {
    const spread = 1 + this.#jitter * (2 * this.#options.random() - 1);
    return Math.round(this.#pollMs * spread * (this.#hidden ? this.#hiddenFactor : 1));
  }

  #again(run: object, ms: number): void {
    if (this.#run !== run) return;
    this.#cancel = this.#options.timers.set(() => {
      this.#cancel = undefined;
      this.#begin(run);
    }, ms);
  }
}

function bounded(pollMs: number): number {
  return Math.min(POLL_MAX_MS, Math.max(POLL_MIN_MS, pollMs));
}
