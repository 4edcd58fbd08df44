import type { Tab } from '@groundswell/protocol';
import { systemFetch } from '../commands/http.js';
import type { FetchLike } from '../commands/http.js';
import type { EveryoneSink, FriendsSink } from '../engine/sink.js';
import type { Carrier, FeedEvent } from '../engine/states.js';
import { systemClock } from '../feed/environment.js';
import type { ClientClock, Timers } from '../feed/environment.js';
import { FriendsPoller } from '../poll/friends-poller.js';
import { FriendsReader } from '../poll/friends-reader.js';
import type { FriendsReaderOptions } from '../poll/friends-reader.js';
import { PageReader } from '../poll/page-reader.js';
import { Poller } from '../poll/poller.js';
import { EventStream } from './event-stream.js';
import { Ladder } from './ladder.js';
import type { LadderEffect, LadderInput } from './ladder.js';
import { systemStreamFetch } from './stream-fetch.js';
import type { StreamFetch } from './stream-fetch.js';

/** Where both tabs come from while the socket is blocked. */
export interface FallbackOptions {
  /** Origin of the pages and the stream without a slash at its end; empty = the page's own. */
  baseUrl: string;
  /** For pages; default: that of the surroundings. */
  fetch?: FetchLike;
  /** For the stream; default: that of the surroundings. */
  streamFetch?: StreamFetch;
  clock?: ClientClock;
}

export interface FallbackSetting {
  event: string;
  shown: Tab;
  sink: EveryoneSink;
  /** Left out: Friends is not wanted, or the viewer is signed out. */
  friends?: Pick<FriendsReaderOptions, 'token'> & { sink: FriendsSink };
  timers: Timers;
  random: () => number;
  onCarrier: (carrier: Carrier) => void;
}

/** Runs the stream and the poller as the `Ladder` says. */
export class Fallback {
  readonly #ladder: Ladder;
  readonly #poller: Poller;
  readonly #stream: EventStream;
  readonly #setting: FallbackSetting;
  readonly #friends: FriendsPoller | undefined;
  #cancel: (() => void) | undefined;

  constructor(options: FallbackOptions, setting: FallbackSetting) {
    const { event, sink, timers, random } = setting;
    const { baseUrl, fetch = systemFetch, streamFetch = systemStreamFetch, clock = systemClock } = options;
    this.#setting = setting;
    const pages = new PageReader({ baseUrl, event, fetch, timers });
    const friends = (this.#friends =
      setting.friends && this.#friendsPoller({ baseUrl, event, fetch, timers, ...setting.friends }, pages));
    this.#ladder = new Ladder({ shown: this.#isOfUse(setting.shown), pollsFriends: friends !== undefined, random });
    this.#poller = new Poller({
      pages,
      sink,
      timers,
      clock,
      random,
      ...(friends ? { onHead: (head) => void friends.follow(head) } : {}),
    });
    this.#stream = new EventStream({
      baseUrl,
      event,
      fetch: streamFetch,
      sink,
      timers,
      onProved: () => this.#receive({ t: 'streamProved' }),
      onEnded: (bye) => this.#receive(bye ? { t: 'streamEnded', bye } : { t: 'streamEnded' }),
    });
  }

  get carrier(): Carrier {
    return this.#ladder.rung.t;
  }

  /** Takes what the socket, and only the socket, gave rise to. */
  observe(event: FeedEvent): void {
    if (event.t === 'hide') this.#friends?.forgetHidden();
    if (event.t === 'state' && event.state.t === 'stopped') this.#receive({ t: 'stop' });
    if (event.t === 'state' && event.state.t === 'waiting') {
      const { reason } = event.state;
      if (reason === 'poll') this.#receive({ t: 'sentToPoll' });
      else if (reason !== 'bye' && reason !== 'gap') this.#receive({ t: 'socketFailed', silent: reason === 'timeout' });
    }
    if (event.t === 'seg' || event.t === 'snap' || event.t === 'item' || event.t === 'mark' || event.t === 'stale') {
      this.#receive({ t: 'socketProved' });
    }
  }

  show(tab: Tab): void {
    this.#receive({ t: 'shown', shown: this.#isOfUse(tab) });
  }

  visible(visible: boolean): void {
    this.#poller.visible(visible);
  }

  /** The network is back: a poll need not wait for its turn. */
  wake(): void {
    this.#poller.wake();
  }

  #isOfUse(tab: Tab): boolean {
    return tab === 'everyone' || this.#setting.friends !== undefined;
  }

  #friendsPoller({ sink, ...options }: FriendsReaderOptions & { sink: FriendsSink }, pages: PageReader): FriendsPoller {
    return new FriendsPoller({ pages, reader: new FriendsReader(options), sink });
  }

  #receive(input: LadderInput): void {
    const before = this.carrier;
    for (const effect of this.#ladder.receive(input)) this.#perform(effect);
    if (this.carrier !== before) this.#setting.onCarrier(this.carrier);
  }

  #perform(effect: LadderEffect): void {
    switch (effect.t) {
      case 'poll':
        if (effect.on) this.#poller.start();
        else this.#poller.stop();
        break;
      case 'stream':
        if (effect.on) this.#stream.open();
        else this.#stream.close();
        break;
      case 'climbIn':
        this.#cancel?.();
        this.#cancel =
          effect.ms === undefined
            ? undefined
            : this.#setting.timers.set(() => this.#receive({ t: 'climb' }), effect.ms);
        break;
      default:
        effect satisfies never;
    }
  }
}
