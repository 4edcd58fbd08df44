import { FeedClient } from '../src/feed/feed-client.js';
import type { Carrier, FeedEvent } from '../src/index.js';
import { Timeline } from '../src/timeline/timeline.js';
import { ManualTimers, microtasks } from './manual-timers.js';
import { MemoryNetwork } from './memory-network.js';
import { ModelPages } from './model-pages.js';
import { ModelServer } from './model-server.js';
import { ModelStreams } from './model-streams.js';

/** One log behind all three transports, and a client that may use each. */
export class CarrierRig {
  readonly network = new MemoryNetwork();
  readonly timers = new ManualTimers();
  readonly server = new ModelServer(this.network);
  readonly pages = new ModelPages();
  readonly streams = new ModelStreams();
  readonly timeline = new Timeline('everyone', { maxItems: 10_000 });
  readonly client: FeedClient;
  readonly events: FeedEvent[] = [];
  readonly carriers: Carrier[] = [];
  /** What was told, a snapshot as its content: each id as often as it was told. */
  told: string[] = [];
  socketBlocked = false;

  constructor({ random = () => 0, token }: { random?: () => number; token?: string } = {}) {
    const { timers, network, pages, streams } = this;
    this.client = new FeedClient({
      url: 'ws://model/v1/socket',
      event: 'final',
      ...(token === undefined ? {} : { token: () => token }),
      WebSocket: network.WebSocket,
      timers,
      random,
      fallback: {
        baseUrl: 'http://model',
        fetch: pages.fetch,
        streamFetch: streams.fetch,
        clock: { wall: () => timers.now, monotonic: () => timers.now },
      },
    });
    this.client.on((event) => {
      this.events.push(event);
      this.timeline.take(event);
      if (event.t === 'carrier') this.carriers.push(event.carrier);
      if (event.t === 'snap' && event.frame.tab === 'everyone')
        this.told = event.frame.stories.map(({ add }) => add.id).toReversed();
      if (event.t === 'seg') this.told.push(...event.frame.ops.flatMap((op) => ('id' in op ? [op.id] : [])));
    });
  }

  tick(): void {
    this.server.tick();
    this.streams.tick();
    this.pages.n = this.server.n;
  }

  /** Serves what there is to serve, then moves the clock in steps of at most a second. */
  async pass(ms: number): Promise<void> {
    for (let left = ms; ; left -= 1_000) {
      await this.exchange();
      if (left <= 0) return;
      this.timers.advance(Math.min(left, 1_000));
      this.pages.now = 1_000_000 + this.timers.now;
    }
  }

  async exchange(): Promise<void> {
    await microtasks();
    const link = this.network.links.at(-1);
    if (this.socketBlocked) link?.drop();
    else this.server.serve();
    for (let i = 0; i < 4; i++) await microtasks();
  }

  flush(): void {
    this.network.links.at(-1)?.flush();
    this.streams.last?.flush();
  }
}
