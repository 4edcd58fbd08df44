import { FeedClient } from '@groundswell/client';
import type { ConnectionState, FeedEvent, FeedOptions } from '@groundswell/client';
import { MAX_CHARS } from '@groundswell/protocol';
import type { Tab } from '@groundswell/protocol';
import { BatchedTimeline } from './batched-timeline.js';

/** Least time between two drawings of a busy tab, milliseconds. */
const RENDER_BATCH_MS = 250;

/** What the page shows of the feed besides its two timelines. */
export interface FeedStatus {
  connection: ConnectionState;
  tab: Tab;
  /** Whether it is known by now what a tab holds. */
  known: Record<Tab, boolean>;
  /** Friends' items that came while Friends was not on screen. */
  unseen: number;
  /** Positions that the server left out because this page was too far behind, by tab. */
  missed: Record<Tab, number>;
  maxChars: number;
  /** Server clock minus this one, milliseconds. */
  clockOffset: number;
}

export interface LiveFeedOptions extends FeedOptions {
  /** The viewer, whose own items are never news. */
  viewer?: string;
}

/** Both tabs of an event and the connection that feeds them, in the form that React's external stores have. */
export class LiveFeed {
  readonly everyone = new BatchedTimeline('everyone', RENDER_BATCH_MS);
  readonly friends = new BatchedTimeline('friends', RENDER_BATCH_MS);
  readonly #client: FeedClient;
  readonly #viewer: string | undefined;
  readonly #listeners = new Set<() => void>();
  #status: FeedStatus;

  constructor({ viewer, ...options }: LiveFeedOptions) {
    this.#viewer = viewer;
    this.#client = new FeedClient(options);
    this.#status = {
      connection: this.#client.state,
      tab: options.shown ?? 'everyone',
      known: { everyone: false, friends: false },
      unseen: 0,
      missed: { everyone: 0, friends: 0 },
      maxChars: MAX_CHARS,
      clockOffset: 0,
    };
    this.#client.on((event) => this.#take(event));
  }

  readonly status = (): FeedStatus => this.#status;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Connects and follows the browser's own signs; returns how to end that. */
  start(): () => void {
    const online = () => this.#client.online(true);
    const visible = () => this.#client.visible(document.visibilityState === 'visible');
    window.addEventListener('online', online);
    document.addEventListener('visibilitychange', visible);
    this.#client.start();
    return () => {
      window.removeEventListener('online', online);
      document.removeEventListener('visibilitychange', visible);
      this.#client.stop();
    };
  }

  show(tab: Tab): void {
    // A guest has no Friends: Everyone goes on behind the words that say so.
    if (this.#viewer !== undefined) this.#client.show(tab);
    this.#change(tab === 'friends' ? { tab, unseen: 0 } : { tab });
  }

  /** The viewer has blocked or muted an author, who leaves the page at once, whatever carries the feed. */
  hide(author: string): void {
    this.#client.hide(author);
  }

  #take(event: FeedEvent): void {
    this.everyone.take(event);
    this.friends.take(event);
    const { known, missed, unseen, tab } = this.#status;
    switch (event.t) {
      case 'snap':
        return this.#change({ known: { ...known, [event.frame.tab]: true } });
      case 'state':
        return this.#change({ connection: event.state });
      case 'welcome':
        return this.#change({ maxChars: event.frame.maxChars, clockOffset: event.frame.now - Date.now() });
      case 'skip':
        return this.#change({ missed: { ...missed, [event.frame.tab]: event.frame.missed } });
      case 'item': {
        const { op } = event.frame;
        const news = 'author' in op && op.author.id !== this.#viewer && tab !== 'friends';
        return news ? this.#change({ unseen: unseen + 1 }) : undefined;
      }
      default:
    }
  }

  #change(part: Partial<FeedStatus>): void {
    this.#status = { ...this.#status, ...part };
    for (const listener of this.#listeners) listener();
  }
}
