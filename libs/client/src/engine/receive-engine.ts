import type {
  ByeFrame,
  EveryoneCursor,
  FriendsCursor,
  HelloMessage,
  ServerFrame,
  Tab,
  WelcomeFrame,
} from '@groundswell/protocol';
import { retryAfterClose } from '@groundswell/protocol';
import { retryDelay } from './backoff.js';
import { FeedStopped } from './feed-stopped.js';
import { parseFrame } from './parse-frame.js';
import { Receipts } from './receipts.js';
import type { CarriedFrame, CarriedFriendsFrame } from './sink.js';
import type { ConnectionState, Effect, FeedEvent, FeedStats, Input, TimerName, WaitReason } from './states.js';
import { tabOf } from './tab-of.js';

/** Time for a socket to open and be welcomed, milliseconds. */
export const GREET_MS = 10_000;

/** A connection that lives this long counts as settled: the backoff starts anew. Milliseconds. */
export const SETTLE_MS = 10_000;

/** Least time between two pings, whatever the server asks for. Milliseconds. */
const PING_MIN_MS = 1_000;

/** Longest wait that a server can ask for, milliseconds. */
const BYE_MAX_MS = 600_000;

/** Normal closure, from this side. */
const CLOSE_NORMAL = 1000;

export interface EngineOptions {
  event: string;
  /** Tabs that are wanted; default both. Friends is asked for only with a token (W8). */
  tabs?: readonly Tab[];
  /** Tab on screen at the start; default `everyone`. */
  shown?: Tab;
  /** Cursors of an earlier run, to resume from. */
  everyone?: EveryoneCursor | null;
  friends?: FriendsCursor | null;
  /** 0 ≤ x < 1. */
  random: () => number;
}

/**
 * The receiving side as a state machine: inputs in, effects out. Knows no socket, no timer and no clock, so that every
 * order of events can be played through in a test.
 */
export class ReceiveEngine {
  readonly #options: EngineOptions;
  readonly #tabs: ReadonlySet<Tab>;
  readonly #receipts: Receipts;
  #state: ConnectionState = { t: 'idle' };
  #shown: Tab;
  /** Tabs that this socket's hello asked for. */
  #asked: ReadonlySet<Tab> = new Set();
  #effects: Effect[] = [];

  constructor(options: EngineOptions) {
    this.#options = options;
    this.#tabs = new Set(options.tabs ?? ['everyone', 'friends']);
    this.#shown = options.shown ?? 'everyone';
    const { everyone = null, friends = null } = options;
    this.#receipts = new Receipts({ everyone, friends }, (event) => this.#emit(event));
  }

  get state(): ConnectionState {
    return this.#state;
  }

  get shown(): Tab {
    return this.#shown;
  }

  /** Where a later run can resume; `null` = the tab has nothing yet. */
  get cursors(): { everyone: EveryoneCursor | null; friends: FriendsCursor | null } {
    return this.#receipts.cursors;
  }

  /** Highest epoch of Everyone ever seen. */
  get epoch(): number {
    return this.#receipts.epoch;
  }

  get stats(): Readonly<FeedStats> {
    return this.#receipts.stats;
  }

  /** Takes one input and returns what is to be done, in order. An input that does not fit the state does nothing. */
  receive(input: Input): Effect[] {
    this.#effects = [];
    switch (input.t) {
      case 'start':
        if (this.#state.t === 'idle' || this.#state.t === 'stopped') this.#connect(0);
        break;
      case 'stop':
        this.#stop();
        break;
      case 'opened':
        if (this.#state.t === 'connecting') this.#greet(input.token);
        break;
      case 'frame':
        this.#receiveData(input.data);
        break;
      case 'closed':
        this.#closed(input.code);
        break;
      case 'timer':
        this.#timer(input.name);
        break;
      case 'online':
        if (input.online) this.#wake();
        break;
      case 'visibility':
        if (input.visible) this.#probe();
        break;
      case 'show':
        this.#show(input.tab);
        break;
      case 'token':
        if (this.#state.t === 'live') this.#send({ t: 'auth', token: input.token });
        break;
      case 'shun':
        this.#receipts.shun(input.author);
        break;
      case 'relay':
        if (this.#state.t !== 'idle' && this.#state.t !== 'stopped') this.#relay(input.frame);
        break;
      default:
        input satisfies never;
    }
    return this.#effects;
  }

  #connect(attempt: number): void {
    this.#become({ t: 'connecting', attempt });
    this.#set('greet', GREET_MS);
    this.#effects.push({ t: 'open' });
  }

  #greet(token: string | undefined): void {
    const hello: HelloMessage = { t: 'hello', event: this.#options.event };
    if (token !== undefined) hello.token = token;
    this.#asked = new Set([...this.#tabs].filter((tab) => tab === 'everyone' || token !== undefined));
    const { everyone, friends } = this.#receipts.cursors;
    if (this.#asked.has('everyone')) hello.everyone = everyone;
    if (this.#asked.has('friends')) hello.friends = friends;
    this.#become({ t: 'greeting', attempt: this.#attempt() });
    this.#send(hello);
  }

  #receiveData(data: unknown): void {
    if (this.#state.t !== 'greeting' && this.#state.t !== 'live') return;
    const parsed = parseFrame(data);
    if (this.#state.t === 'live') this.#heard(this.#state);
    if (parsed.t === 'bad') return this.#fault(`The server sent ${parsed.message}.`);
    if (parsed.t === 'frame') this.#frame(parsed.frame);
  }

  #frame(frame: ServerFrame): void {
    if (frame.t === 'welcome') return this.#welcome(frame);
    if (frame.t === 'bye') return this.#bye(frame);
    if (frame.t === 'error') return this.#emit({ t: 'error', frame });
    if (frame.t === 'pong') return;
    if (this.#state.t !== 'live') return this.#fault(`The server sent "${frame.t}" before "welcome".`);
    if (frame.t === 'hide') return this.#receipts.hide(frame);
    if (!this.#asked.has(tabOf(frame))) return;
    const trouble = this.#receipts.take(frame);
    if (trouble === 'gap') this.#abandon('gap');
    else if (trouble) this.#fault(trouble.message);
  }

  /** The same bookkeeping for what another transport brought; a fault there is no reason to leave the socket. */
  #relay(frame: CarriedFrame | CarriedFriendsFrame): void {
    const trouble = this.#receipts.follow(frame);
    if (trouble) this.#report(trouble.message);
  }

  #welcome(frame: WelcomeFrame): void {
    if (this.#state.t !== 'greeting') return this.#fault('The server sent a second "welcome".');
    if (frame.epoch < this.#receipts.newestEpoch) {
      return this.#fault(`The server is at epoch ${frame.epoch}, older than what this client has seen.`);
    }
    this.#receipts.welcomed(frame.epoch);
    const pingMs = Math.max(PING_MIN_MS, frame.levers.pingMs);
    this.#clear('greet');
    this.#become({ t: 'live', attempt: this.#attempt(), node: frame.node, pinged: false, pingMs });
    this.#set('quiet', pingMs);
    this.#set('settle', SETTLE_MS);
    this.#emit({ t: 'welcome', frame });
    if (this.#shown !== 'everyone') this.#send({ t: 'show', tab: this.#shown });
  }

  /** The named time is kept to; servers that say bye again and again meet the backoff too. */
  #bye(frame: ByeFrame): void {
    const attempt = this.#attempt();
    const afterMs = Math.min(frame.afterMs, BYE_MAX_MS);
    const delayMs = attempt === 0 ? afterMs : Math.max(afterMs, retryDelay(attempt, this.#options.random));
    this.#abandon(frame.code === 'poll' ? 'poll' : 'bye', delayMs);
  }

  #closed(code: number): void {
    const { t } = this.#state;
    if (t !== 'connecting' && t !== 'greeting' && t !== 'live') return;
    if (retryAfterClose(code)) return this.#wait('lost');
    this.#clearAll();
    const error = new FeedStopped(code);
    this.#become({ t: 'stopped', error });
    this.#emit({ t: 'stopped', error });
  }

  #timer(name: TimerName): void {
    const state = this.#state;
    if (name === 'retry' && state.t === 'waiting') this.#connect(state.attempt);
    if (name === 'greet' && (state.t === 'connecting' || state.t === 'greeting')) this.#abandon('timeout');
    if (name === 'settle' && state.t === 'live') this.#state = { ...state, attempt: 0 };
    if (name === 'quiet' && state.t === 'live') {
      if (state.pinged) this.#abandon('timeout');
      else this.#probe();
    }
  }

  /** Asks for a sign of life; the quiet timer then ends the socket when none comes. */
  #probe(): void {
    if (this.#state.t !== 'live' || this.#state.pinged) return;
    this.#state = { ...this.#state, pinged: true };
    this.#send({ t: 'ping' });
    this.#set('quiet', this.#state.pingMs);
  }

  #heard(state: Extract<ConnectionState, { t: 'live' }>): void {
    if (state.pinged) this.#state = { ...state, pinged: false };
    this.#set('quiet', state.pingMs);
  }

  /** The network is back. A wait that the server asked for is kept. */
  #wake(): void {
    if (this.#state.t === 'waiting' && this.#state.reason !== 'bye' && this.#state.reason !== 'poll') {
      this.#clear('retry');
      this.#connect(this.#state.attempt);
    } else this.#probe();
  }

  #show(tab: Tab): void {
    if (tab === this.#shown) return;
    this.#shown = tab;
    if (this.#state.t === 'live') this.#send({ t: 'show', tab });
  }

  #fault(message: string): void {
    this.#report(message);
    this.#abandon('fault');
  }

  #report(message: string): void {
    this.#receipts.stats.faults++;
    this.#emit({ t: 'fault', message });
  }

  /** Closes from this side and comes back later. The socket's own close event is no longer waited for. */
  #abandon(reason: WaitReason, delayMs?: number): void {
    this.#effects.push({ t: 'close', code: CLOSE_NORMAL });
    this.#wait(reason, delayMs);
  }

  #wait(reason: WaitReason, delayMs = retryDelay(this.#attempt(), this.#options.random)): void {
    this.#clearAll();
    this.#become({ t: 'waiting', attempt: this.#attempt() + 1, reason, delayMs });
    this.#set('retry', delayMs);
  }

  #stop(): void {
    if (this.#state.t === 'stopped') return;
    const open = this.#state.t === 'connecting' || this.#state.t === 'greeting' || this.#state.t === 'live';
    this.#clearAll();
    if (open) this.#effects.push({ t: 'close', code: CLOSE_NORMAL });
    this.#become({ t: 'stopped' });
  }

  #attempt(): number {
    return 'attempt' in this.#state ? this.#state.attempt : 0;
  }

  #become(state: ConnectionState): void {
    this.#state = state;
    this.#emit({ t: 'state', state });
  }

  #emit(event: FeedEvent): void {
    this.#effects.push({ t: 'emit', event });
  }

  #send(message: Extract<Effect, { t: 'send' }>['message']): void {
    this.#effects.push({ t: 'send', message });
  }

  #set(timer: TimerName, ms: number): void {
    this.#effects.push({ t: 'set', timer, ms });
  }

  #clear(timer: TimerName): void {
    this.#effects.push({ t: 'clear', timer });
  }

  #clearAll(): void {
    for (const timer of ['greet', 'retry', 'quiet', 'settle'] as const) this.#clear(timer);
  }
}
