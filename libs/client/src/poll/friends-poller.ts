import { AUTHORS_GROUP, mayHoldAny } from '@groundswell/protocol';
import type { FriendsHide, HeadBody } from '@groundswell/protocol';
import type { FriendsSink } from '../engine/sink.js';
import type { FriendsReader } from './friends-reader.js';
import type { PageReader } from './page-reader.js';

export interface FriendsPollerOptions {
  pages: Pick<PageReader, 'authors'>;
  reader: FriendsReader;
  sink: FriendsSink;
}

/** Heads after which the origin is asked whatever the filters say, until a head says otherwise. */
const FIRST_FULL_EVERY = 12;

/** More groups than that are not fetched: the origin is asked at once. */
const GROUPS_MOST = 8;

/** The list of friends is fetched again with every so many full polls. */
const FRIENDS_EVERY = 5;

/** Full answers in a row that are followed at once. */
const PAGES_MOST = 20;

/**
 * Friends by polling, along with the heads of Everyone: the origin is asked only when a friend may have written since, as
 * author filters say, and now and then in full, for what is for friends only and in no filter (F2).
 */
export class FriendsPoller {
  readonly #options: FriendsPollerOptions;
  #friends: readonly string[] | undefined;
  /** Segments up to here are known to hold nothing that was not asked for. */
  #covered: { epoch: number; n: number } | undefined;
  #headsSinceFull = 0;
  #fullPolls = 0;
  #busy = false;
  /** The list of hidden authors that this poller brought last; an empty version: another one is in force, or none. */
  #hide = { version: '' };

  constructor(options: FriendsPollerOptions) {
    this.#options = options;
  }

  /** The list of hidden authors came by other means: it is asked for anew. */
  forgetHidden(): void {
    this.#hide = { version: '' };
  }

  /** Brings Friends up to a head, or leaves it for the next one when it cannot, or is still at the last. Never rejects. */
  async follow(head: HeadBody): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    try {
      await this.#follow(head);
    } finally {
      this.#busy = false;
    }
  }

  async #follow({ epoch, n, filter, fullPollEvery }: HeadBody): Promise<void> {
    const { cursor } = this.#options.sink;
    const covered = this.#covered?.epoch === epoch ? this.#covered.n : undefined;
    const isFull = !cursor || covered === undefined || ++this.#headsSinceFull >= (fullPollEvery ?? FIRST_FULL_EVERY);
    if (!isFull && !(await this.#mayConcern({ epoch, first: covered + 1, n, filter }))) {
      this.#covered = { epoch, n: Math.max(covered, n) };
      return;
    }
    if (isFull && this.#fullPolls++ % FRIENDS_EVERY === 0) {
      this.#friends = (await this.#options.reader.friends()) ?? this.#friends;
    }
    if (!(await this.#ask())) return;
    if (isFull) this.#headsSinceFull = 0;
    this.#covered = { epoch, n: Math.max(covered ?? 0, n) };
  }

  #takeHidden({ version, authors }: FriendsHide): void {
    this.#hide = { version };
    this.#options.sink.take({ t: 'hide', authors });
  }

  /** Whether a friend may have written in segments `first` to `n`. What cannot be known may. */
  async #mayConcern({ epoch, first, n, filter }: Span): Promise<boolean> {
    if (first > n) return false;
    const open = Math.floor(n / AUTHORS_GROUP);
    const oldest = Math.floor((first - 1) / AUTHORS_GROUP);
    if (!this.#friends || open - oldest > GROUPS_MOST) return true;
    if (open * AUTHORS_GROUP < n && this.#isHit(filter, open)) return true;
    const sealed = Array.from({ length: open - oldest }, (_, i) => oldest + i);
    const pages = await Promise.all(sealed.map((k) => this.#options.pages.authors(epoch, k)));
    return pages.some((page, i) => this.#isHit(page.t === 'page' ? page.body.filter : undefined, sealed[i]!));
  }

  #isHit(filter: string | undefined, group: number): boolean {
    if (filter === undefined) return true;
    try {
      return mayHoldAny(bytesOf(filter), this.#friends!, group);
    } catch {
      return true;
    }
  }

  /** True when everything up to what the origin has examined was taken in. */
  async #ask(): Promise<boolean> {
    const { reader, sink } = this.#options;
    for (let page = 0; page < PAGES_MOST; page++) {
      const held = this.#hide;
      const answer = await reader.after(sink.cursor, held.version);
      // A list that came by other means while this one was on its way may be newer.
      if ('hide' in answer && answer.hide && this.#hide === held) this.#takeHidden(answer.hide);
      switch (answer.t) {
        case 'none':
          return false;
        case 'nothing':
          sink.take({ t: 'examined', cursor: answer.cursor });
          return true;
        case 'snap': {
          const { reset, hide: _, ...snap } = answer;
          if (reset) sink.take({ t: 'reset', tab: 'friends', reason: reset });
          sink.take(snap);
          return true;
        }
        case 'items':
          for (const item of answer.items) sink.take(item);
          sink.take({ t: 'examined', cursor: answer.next });
          if (!answer.more) return true;
          break;
        default:
          answer satisfies never;
      }
    }
    return false;
  }
}

interface Span {
  epoch: number;
  first: number;
  n: number;
  filter: string | undefined;
}

function bytesOf(base64: string): Uint8Array {
  const { atob } = globalThis as unknown as { atob: (text: string) => string };
  return Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
}
