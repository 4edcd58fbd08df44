import type { HeadBody } from '@groundswell/protocol';
import type { FetchLike, HttpAnswer } from '../src/commands/http.js';
import { EPOCH, friendsSnap, item, segment, story } from './model-ops.js';

/** The public pages of a log whose every tick carries one status. `now` is the server's clock. */
export class ModelPages {
  epoch = EPOCH;
  n = 0;
  snap: number | undefined;
  now = 1_000_000;
  inline = 4;
  /** Fields of the head that differ from the usual. */
  head: Partial<HeadBody> = {};
  /** Positions of what the viewer's friends wrote. */
  readonly friends: number[] = [];
  /** Whom the viewer's device hides. */
  hidden: readonly string[] = [];
  /** Status for addresses that match, instead of a page. */
  refuse: { match: RegExp; status: number } | undefined;
  /** Paths asked for, in order. */
  readonly requests: string[] = [];

  readonly fetch: FetchLike = async (url) => {
    const path = url.replace(/^https?:\/\/[^/]+/, '');
    this.requests.push(path);
    await Promise.resolve();
    if (this.refuse?.match.test(path)) return answer(this.refuse.status);
    const body = this.#body(path);
    return body ? answer(200, body) : answer(404);
  };

  /** Paths asked for since the last call, times left out. */
  taken(): string[] {
    return this.requests
      .splice(0)
      .filter((path) => !path.startsWith('/v1/time/'))
      .map((path) => path.replace('/v1/events/final/', ''));
  }

  #body(path: string): object | undefined {
    if (path.startsWith('/v1/time/')) return { t: 'time', now: this.now };
    if (path.includes('/head/')) return this.#head();
    if (path === '/v1/friends') return { friends: [] };
    if (path.startsWith('/v1/events/final/friends')) return this.#friendsPoll(new URLSearchParams(path.split('?')[1]));
    const [, epoch, kind, name] = /^\/v1\/events\/final\/(\d+)\/(segments|snapshots)\/(\w+)$/.exec(path) ?? [];
    if (Number(epoch) !== this.epoch || name === undefined) return undefined;
    if (kind === 'snapshots') {
      const n = Number(name);
      const stories = Array.from({ length: n }, (_, i) => story((n - i) * 10));
      return { t: 'snap', tab: 'everyone', cursor: { epoch: this.epoch, n }, stories };
    }
    const [k, size] = name.split('x').map(Number);
    if (size === undefined) return segment(Number(name), this.epoch);
    const segments = Array.from({ length: size }, (_, i) => segment(k! * size + i + 1, this.epoch));
    return { t: 'roll', epoch: this.epoch, k, size, segments };
  }

  #friendsPoll(query: URLSearchParams): object {
    const seq = this.friends.at(-1) ?? 0;
    const after = query.get('after');
    const version = `v ${this.hidden.join()}`;
    const hide = query.get('hide') === version ? {} : { hide: { version, authors: this.hidden } };
    if (after === null) return { ...friendsSnap(seq), ...hide };
    const items = this.friends
      .filter((position) => position > Number(after.split('.')[1]))
      .map((position) => item(position));
    return { t: 'items', items, next: { epoch: this.epoch, seq }, more: false, pollMs: 5_000, ...hide };
  }

  #head(): object {
    const held = Math.min(this.inline, this.n);
    return {
      t: 'head',
      v: 1,
      epoch: this.epoch,
      n: this.n,
      snap: this.snap ?? this.n,
      slotMs: 1_000,
      tsN: 0,
      pollMs: 5_000,
      jitter: 0,
      tombs: [],
      inline: Array.from({ length: held }, (_, i) => segment(this.n - held + i + 1, this.epoch)),
      now: this.now,
      ...this.head,
    };
  }
}

function answer(status: number, body: object = {}): HttpAnswer {
  return { status, headers: { get: () => null }, text: () => Promise.resolve(JSON.stringify(body)) };
}
