import type { Tab } from '@groundswell/protocol';
import { systemFetch } from '../commands/http.js';
import type { FetchLike } from '../commands/http.js';
import type { EveryoneSink } from '../engine/sink.js';
import type { Carrier, FeedEvent } from '../engine/states.js';
import { systemClock } from '../feed/environment.js';
import type { ClientClock, Timers } from '../feed/environment.js';
import { PageReader } from '../poll/page-reader.js';
import { Poller } from '../poll/poller.js';
import { EventStream } from './event-stream.js';
import { Ladder } from './ladder.js';
import type { LadderEffect, LadderInput } from './ladder.js';
import { systemStreamFetch } from './stream-fetch.js';
import type { StreamFetch } from './stream-fetch.js';

/** Where Everyone comes from while the socket is blocked. */
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
  #cancel: (() => void) | undefined;

  constructor(options: FallbackOptions, setting: FallbackSetting) {
    const { event, sink, timers, random } = setting;
    const { baseUrl, fetch = systemFetch, streamFetch = systemStreamFetch, clock = systemClock } = options;
    this.#setting = setting;
    this.#ladder = new Ladder({ shown: setting.shown === 'everyone', random });
    this.#poller = new Poller({
      pages: new PageReader({ baseUrl, event, fetch, timers }),
      sink,
      timers,
      clock,
      random,
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
    this.#receive({ t: 'shown', shown: tab === 'everyone' });
  }

  visible(visible: boolean): void {
    this.#poller.visible(visible);
  }

  /** The network is back: a poll need not wait for its turn. */
  wake(): void {
    this.#poller.wake();
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
