import { PullWindow, REQUEST } from './pull-window.js';

/** Messages of a standing request while little comes: what is asked for cannot be taken back when more comes. */
const STANDING = 16;

/** So many messages within so many milliseconds are busy enough to read in bursts. */
const BUSY_MESSAGES = 8;
const BUSY_MS = 160;

/** Messages a millisecond from which on rests are long ones. */
const CROWDED = 0.4;

/** The rest after a burst that was hurried: what is announced may not be stored yet. */
const SOON_MS = 5;

/** Bursts in a row that brought nothing, after which messages are taken as they come again. */
const EMPTY_BURSTS = 3;

/**
 * `behind`: fetch after fetch until there is nothing. `standing`: messages as they come. `draining`: so still,
 * until what is asked for is here. `burst`, `rest`: by turns.
 */
type Mode = 'behind' | 'standing' | 'draining' | 'burst' | 'rest';

/** Between two bursts, milliseconds. */
export interface Rests {
  /** While messages are many. */
  usualMs: number;
  /** While they are very many: 400 a second. */
  longMs: number;
}

export interface PullerOptions {
  /** Absent: messages are always taken as they come. */
  rests?: Rests | undefined;
  heartbeatMs: number;
  /** Sends a request to the server. */
  send: (request: string) => void;
  /** Milliseconds; starts anywhere. */
  now?: () => number;
}

/**
 * Decides what a reader asks of the server. Waking a process costs many times what a message does: while many come they
 * are fetched in bursts with a rest in between; while few come, each is taken at once.
 */
export class Puller {
  readonly window = new PullWindow();
  private mode: Mode = 'standing';
  private timer: NodeJS.Timeout | undefined;
  /** Standing: messages since `countedFrom`. */
  private count = 0;
  private countedFrom = 0;
  /** Messages of the burst, and bursts in a row without any. */
  private brought = 0;
  private empty = 0;
  private restsFrom = 0;
  /** Messages in the log after the last one, as of its delivery. */
  private pending = 0;
  private isCrowded = false;
  private isHurried = false;
  private readonly now: () => number;

  constructor(private readonly o: PullerOptions) {
    this.now = o.now ?? (() => performance.now());
  }

  /** Something that was asked for may still come. */
  get waits(): boolean {
    return this.window.outstanding > 0;
  }

  /** A new consumer: nothing is asked for yet. */
  start(): void {
    this.stop();
    this.window.reset();
    this.pending = 0;
    if (this.o.rests) this.mode = 'behind';
    this.pull();
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  /** A message has come, after which the log holds so many more. */
  arrived(bytes: number, pending: number): void {
    this.window.arrived(bytes);
    this.pending = pending;
    this.brought++;
    if (this.mode === 'standing' && this.o.rests) this.judge();
    this.pull();
  }

  /** Something has been said that should be read at once: ends a rest. */
  hurry(): void {
    if (this.mode !== 'rest' && this.mode !== 'burst') return;
    this.isHurried = true;
    if (this.mode === 'burst') return;
    clearTimeout(this.timer);
    this.burst();
  }

  /** The server ended a request with this many messages not sent (undefined: all), because there are no more now, or not. */
  returned(messages: number | undefined, { nothing }: { nothing: boolean }): void {
    this.window.returned(messages ?? REQUEST);
    if (nothing && this.mode === 'behind') this.stand();
    else if (nothing && this.mode === 'burst') this.endBurst();
    else this.pull();
  }

  /** Asks for more when there is room and it is time. */
  pull(): void {
    const { window, mode } = this;
    const { rests, heartbeatMs, send } = this.o;
    if (window.isFull) return;
    if (mode === 'standing') {
      const batch = rests ? STANDING : REQUEST;
      if (window.outstanding <= batch / 2) send(window.ask(batch, heartbeatMs));
    } else if (mode === 'draining') {
      if (!this.waits) this.rest();
    } else if (mode !== 'rest') {
      if (!this.waits || this.isFarBehind) send(window.fetch(REQUEST));
    }
  }

  /**
   * The next fetch can be under way before the last one is here, so that neither side waits for the other. The server has
   * enough for both: of one that may have to wait for the other it would say that there is nothing.
   */
  private get isFarBehind(): boolean {
    const { outstanding } = this.window;
    return outstanding <= REQUEST / 2 && this.pending >= outstanding + REQUEST;
  }

  private judge(): void {
    if (++this.count < BUSY_MESSAGES) return;
    const now = this.now();
    if (now - this.countedFrom <= BUSY_MS) this.mode = 'draining';
    this.count = 0;
    this.countedFrom = now;
  }

  private endBurst(): void {
    this.empty = this.brought > 0 ? 0 : this.empty + 1;
    if (this.empty < EMPTY_BURSTS) this.rest();
    else this.stand();
  }

  private stand(): void {
    this.mode = 'standing';
    this.isHurried = this.isCrowded = false;
    this.count = this.empty = 0;
    this.countedFrom = this.now();
    this.pull();
  }

  private rest(): void {
    const { usualMs, longMs } = this.o.rests!;
    const now = this.now();
    const passed = now - this.restsFrom;
    // A short time says little of how many come.
    if (passed >= usualMs) this.isCrowded = this.brought >= CROWDED * passed;
    const ms = this.isHurried ? SOON_MS : this.isCrowded ? longMs : usualMs;
    this.isHurried = false;
    this.mode = 'rest';
    this.brought = 0;
    this.restsFrom = now;
    this.timer = setTimeout(() => this.burst(), ms);
  }

  private burst(): void {
    this.mode = 'burst';
    this.pull();
  }
}
