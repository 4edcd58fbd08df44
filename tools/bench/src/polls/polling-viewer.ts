import { FeedClient, type FetchLike, type SocketLike } from '@groundswell/client';
import type { ByeFrame } from '@groundswell/protocol';

/** Longer than any run. */
const LATER_MS = 600_000;

/** A socket whose server sends everybody away to poll. */
class SendsAway implements SocketLike {
  private readonly listeners = new Map<string, (event: never) => void>();

  constructor() {
    setImmediate(() => this.tell('open', {}));
  }

  /** Whatever it is: the hello comes first. */
  send(): void {
    const bye: ByeFrame = { t: 'bye', code: 'poll', afterMs: LATER_MS };
    setImmediate(() => this.tell('message', { data: JSON.stringify(bye) }));
  }

  close(): void {
    this.listeners.clear();
  }

  addEventListener(type: string, listener: (event: never) => void): void {
    this.listeners.set(type, listener);
  }

  private tell(type: string, event: object): void {
    this.listeners.get(type)?.(event as never);
  }
}

const NO_STREAM = () => Promise.resolve({ status: 404, body: null });

export interface PollingViewerOptions {
  event: string;
  token: string;
  fetch: FetchLike;
}

/** A viewer of the SDK who is sent to poll, and what Friends has brought. */
export class PollingViewer {
  /** Ids of statuses. */
  readonly got = new Set<string>();
  private readonly client: FeedClient;

  constructor({ event, token, fetch }: PollingViewerOptions) {
    this.client = new FeedClient({
      url: 'ws://127.0.0.1/v1/socket',
      event,
      token: () => token,
      shown: 'friends',
      WebSocket: SendsAway,
      fallback: { baseUrl: '', fetch, streamFetch: NO_STREAM },
    });
    this.client.on((told) => {
      if (told.t === 'snap' && told.frame.tab === 'friends')
        for (const { add } of told.frame.stories) this.got.add(add.id);
      if (told.t === 'item' && told.frame.op.t === 'add') this.got.add(told.frame.op.id);
    });
  }

  /** Friends has begun. */
  get isThere(): boolean {
    return this.client.cursors.friends !== null;
  }

  start(): void {
    this.client.start();
  }

  stop(): void {
    this.client.stop();
  }
}
