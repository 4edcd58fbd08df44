import { SUBPROTOCOL } from '@groundswell/protocol';
import type { ClientMessage, EveryoneCursor, FriendsCursor, Tab } from '@groundswell/protocol';
import { Fallback } from '../carriers/fallback.js';
import type { FallbackOptions } from '../carriers/fallback.js';
import type { FriendsSink } from '../engine/sink.js';
import { ReceiveEngine } from '../engine/receive-engine.js';
import type { Carrier, ConnectionState, Effect, FeedEvent, FeedStats, Input, TimerName } from '../engine/states.js';
import { systemSocket, systemTimers } from './environment.js';
import type { SocketConstructor, SocketLike, Timers } from './environment.js';

export interface FeedOptions {
  /** Address of the socket, `ws(s)://host/v1/socket`; see `socketAddress`. */
  url: string;
  event: string;
  /** Asked for before every connection, so that a token can be renewed; nothing = signed out. */
  token?: () => Promise<string | undefined> | string | undefined;
  /** Tabs that are wanted; default both. Without a token Friends is left out. */
  tabs?: readonly Tab[];
  /** Tab on screen at the start; default `everyone`. */
  shown?: Tab;
  /** Cursors of an earlier run, to resume from. */
  cursors?: { everyone?: EveryoneCursor | null; friends?: FriendsCursor | null };
  /** Carries Everyone by a stream or by polling, and Friends by polling, while the socket is blocked; left out = the socket alone. */
  fallback?: FallbackOptions;
  /** Default: the global one. Node before 22 has none: pass that of `ws`. */
  WebSocket?: SocketConstructor;
  timers?: Timers;
  random?: () => number;
}

/** The code of a connection that ended without one. */
const ABNORMAL = 1006;

export type FeedListener = (event: FeedEvent) => void;

/**
 * Receives both tabs over one socket and keeps it alive: connects, greets, resumes by cursor after every drop.
 * A thin driver: `ReceiveEngine` decides, this class owns the socket and the timers.
 */
export class FeedClient {
  readonly #options: FeedOptions;
  readonly #engine: ReceiveEngine;
  readonly #timers: Timers;
  readonly #Socket: SocketConstructor;
  readonly #running = new Map<TimerName, () => void>();
  readonly #fallback: Fallback | undefined;
  readonly #listeners = new Set<FeedListener>();
  /** The connection that counts. Events of any other are late and ignored. */
  #connection: { socket?: SocketLike } | undefined;

  /** Inputs that arrived while effects were being carried out, such as a `stop` from a listener: taken in turn. */
  readonly #inputs: Input[] = [];
  #busy = false;

  constructor(options: FeedOptions) {
    if (!/^wss?:\/\/./.test(options.url)) {
      throw new TypeError(
        `Not the address of a socket: ${JSON.stringify(options.url)}. It starts with ws:// or wss://.`,
      );
    }
    this.#options = options;
    this.#Socket = options.WebSocket ?? systemSocket();
    this.#timers = options.timers ?? systemTimers;
    this.#engine = new ReceiveEngine({
      event: options.event,
      random: options.random ?? Math.random,
      ...(options.tabs ? { tabs: options.tabs } : {}),
      ...(options.shown ? { shown: options.shown } : {}),
      ...options.cursors,
    });
    if (options.fallback && (options.tabs ?? ['everyone']).includes('everyone')) {
      this.#fallback = this.#makeFallback(options.fallback);
    }
  }

  get state(): ConnectionState {
    return this.#engine.state;
  }

  get cursors(): { everyone: EveryoneCursor | null; friends: FriendsCursor | null } {
    return this.#engine.cursors;
  }

  /** What carries Everyone now; Friends is polled when that is not the socket. */
  get carrier(): Carrier {
    return this.#fallback?.carrier ?? 'socket';
  }

  get stats(): Readonly<FeedStats> {
    return this.#engine.stats;
  }

  /** Tells `listener` everything from now on, synchronously and in order; returns how to end that. */
  on(listener: FeedListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Connects. Does nothing when it already runs; after a stop, it resumes by cursor. */
  start(): void {
    this.#receive({ t: 'start' });
  }

  /** Closes the socket and ends all timers. Idempotent. */
  stop(): void {
    this.#receive({ t: 'stop' });
  }

  /** Says which tab is on screen: Everyone flows only while it is shown. */
  show(tab: Tab): void {
    this.#receive({ t: 'show', tab });
    this.#fallback?.show(tab);
  }

  /** Asks the token callback anew and hands a live socket the result. */
  async renew(): Promise<void> {
    const token = await this.#options.token?.();
    if (token !== undefined) this.#receive({ t: 'token', token });
  }

  /**
   * The viewer has blocked or muted an author: hides what the author wrote at once, before the server's next list, which
   * comes with the socket at once and to those who poll with their next full poll.
   */
  hide(author: string): void {
    this.#receive({ t: 'shun', author });
  }

  /** The network came or went: a pending reconnect starts at once. */
  online(online: boolean): void {
    this.#receive({ t: 'online', online });
    if (online) this.#fallback?.wake();
  }

  /** The page was shown or hidden: a socket that slept with the machine is checked at once. */
  visible(visible: boolean): void {
    this.#receive({ t: 'visibility', visible });
    this.#fallback?.visible(visible);
  }

  #receive(input: Input): void {
    this.#inputs.push(input);
    if (this.#busy) return;
    this.#busy = true;
    try {
      for (let next = this.#inputs.shift(); next; next = this.#inputs.shift()) {
        for (const effect of this.#engine.receive(next)) {
          this.#perform(effect);
          if (effect.t === 'emit' && next.t !== 'relay') this.#fallback?.observe(effect.event);
        }
      }
    } finally {
      this.#busy = false;
    }
  }

  #perform(effect: Effect): void {
    switch (effect.t) {
      case 'open':
        void this.#open();
        break;
      case 'send':
        this.#send(effect.message);
        break;
      case 'close':
        this.#close(effect.code);
        break;
      case 'set':
        this.#running.get(effect.timer)?.();
        this.#running.set(
          effect.timer,
          this.#timers.set(() => this.#fire(effect.timer), effect.ms),
        );
        break;
      case 'clear':
        this.#running.get(effect.timer)?.();
        this.#running.delete(effect.timer);
        break;
      case 'emit':
        this.#tell(effect.event);
        break;
      default:
        effect satisfies never;
    }
  }

  #tell(event: FeedEvent): void {
    for (const listener of this.#listeners) listener(event);
  }

  #makeFallback(options: FallbackOptions): Fallback {
    const engine = this.#engine;
    const { token, tabs = ['everyone', 'friends'] } = this.#options;
    const friends: FriendsSink = {
      get cursor() {
        return engine.cursors.friends;
      },
      take: (frame) => this.#receive({ t: 'relay', frame }),
    };
    return new Fallback(options, {
      event: this.#options.event,
      shown: engine.shown,
      timers: this.#timers,
      random: this.#options.random ?? Math.random,
      sink: {
        get cursor() {
          return engine.cursors.everyone;
        },
        get epoch() {
          return engine.epoch;
        },
        take: (frame) => this.#receive({ t: 'relay', frame }),
      },
      ...(token && tabs.includes('friends') ? { friends: { token, sink: friends } } : {}),
      onCarrier: (carrier) => this.#tell({ t: 'carrier', carrier }),
    });
  }

  async #open(): Promise<void> {
    const connection: { socket?: SocketLike } = {};
    this.#connection = connection;
    let token: string | undefined;
    let socket: SocketLike;
    try {
      token = await this.#options.token?.();
      if (this.#connection !== connection) return;
      socket = new this.#Socket(this.#options.url, [SUBPROTOCOL]);
    } catch {
      // No token now is not "signed out": try again later rather than show half of the feed.
      return this.#from(connection, { t: 'closed', code: ABNORMAL });
    }
    connection.socket = socket;
    socket.addEventListener('open', () => {
      this.#from(connection, token === undefined ? { t: 'opened' } : { t: 'opened', token });
    });
    socket.addEventListener('message', (event) => this.#from(connection, { t: 'frame', data: event.data }));
    socket.addEventListener('close', (event) => this.#from(connection, { t: 'closed', code: event.code }));
    // A close event follows every error; unheard, `ws` would throw.
    socket.addEventListener('error', () => undefined);
  }

  #from(connection: { socket?: SocketLike }, input: Input): void {
    if (this.#connection !== connection) return;
    if (input.t === 'closed') this.#connection = undefined;
    this.#receive(input);
  }

  #send(message: ClientMessage): void {
    this.#connection?.socket?.send(JSON.stringify(message));
  }

  #close(code: number): void {
    const socket = this.#connection?.socket;
    this.#connection = undefined;
    socket?.close(code);
  }

  #fire(timer: TimerName): void {
    this.#running.delete(timer);
    this.#receive({ t: 'timer', name: timer });
  }
}
