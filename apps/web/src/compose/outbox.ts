import { CommandRefused, newIdempotencyKey } from '@groundswell/client';
import type { Commands } from '@groundswell/client';
import type { Audience, PostedBody } from '@groundswell/protocol';
import { messageOf } from './message-of.js';

export type Delivery =
  | { t: 'sending' }
  | { t: 'failed'; message: string }
  /** Durable; shown from here until the stream brings it. */
  | { t: 'stored'; id: string; seq: number };

/** A status or comment of the viewer's own that the stream has not brought yet. */
export interface Pending {
  /** Name on this page, before there is an id. */
  local: number;
  text: string;
  at: number;
  audience: Audience;
  /** The story, for a comment. */
  of?: string;
  inReplyTo?: string;
  delivery: Delivery;
}

/** Posts that are kept, stored ones included; the oldest leave first. */
const MAX_POSTS = 50;

/** Sends what the viewer writes and keeps it on the page until the stream brings it back. */
export class Outbox {
  readonly #commands: Pick<Commands, 'postStatus' | 'postComment'>;
  readonly #event: string;
  readonly #keys = new Map<number, string>();
  readonly #listeners = new Set<() => void>();
  #posts: readonly Pending[] = [];
  #next = 1;

  constructor(commands: Pick<Commands, 'postStatus' | 'postComment'>, event: string) {
    this.#commands = commands;
    this.#event = event;
  }

  /** Newest first; another array after each change. */
  readonly posts = (): readonly Pending[] => this.#posts;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  status(text: string, audience: Audience): void {
    this.#add({ text, audience });
  }

  comment(of: string, text: string, inReplyTo?: string): void {
    this.#add({ text, audience: 'everyone', of, ...(inReplyTo === undefined ? {} : { inReplyTo }) });
  }

  /** Sends a failed post again: with its own key, so that one which was stored after all is not stored twice. */
  retry(local: number): void {
    const post = this.#posts.find((each) => each.local === local);
    if (post?.delivery.t !== 'failed') return;
    this.#deliver(local, { t: 'sending' });
    void this.#send(post);
  }

  discard(local: number): void {
    this.#keys.delete(local);
    this.#change(this.#posts.filter((post) => post.local !== local));
  }

  #add(draft: Omit<Pending, 'local' | 'at' | 'delivery'>): void {
    const post: Pending = { ...draft, local: this.#next++, at: Date.now(), delivery: { t: 'sending' } };
    this.#change([post, ...this.#posts].slice(0, MAX_POSTS));
    void this.#send(post);
  }

  async #send(post: Pending): Promise<void> {
    const key = this.#keys.get(post.local) ?? newIdempotencyKey();
    this.#keys.set(post.local, key);
    try {
      const { id, seq } = await this.#request(post, key);
      this.#keys.delete(post.local);
      this.#deliver(post.local, { t: 'stored', id, seq });
    } catch (error) {
      // Refused = not stored: the next try is a new command.
      if (error instanceof CommandRefused) this.#keys.delete(post.local);
      this.#deliver(post.local, { t: 'failed', message: messageOf(error) });
    }
  }

  #request({ text, audience, of, inReplyTo }: Pending, key: string): Promise<PostedBody> {
    if (of === undefined) return this.#commands.postStatus(this.#event, { text, audience, key });
    return this.#commands.postComment(this.#event, of, {
      text,
      key,
      ...(inReplyTo === undefined ? {} : { inReplyTo }),
    });
  }

  #deliver(local: number, delivery: Delivery): void {
    this.#change(this.#posts.map((post) => (post.local === local ? { ...post, delivery } : post)));
  }

  #change(posts: readonly Pending[]): void {
    this.#posts = posts;
    for (const listener of this.#listeners) listener();
  }
}
