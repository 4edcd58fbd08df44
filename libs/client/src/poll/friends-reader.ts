import { CURSOR_HEADER, formatCursor, isPosition, parseCursor, paths } from '@groundswell/protocol';
import type { FriendsCursor, FriendsItemsBody, FriendsSnapBody } from '@groundswell/protocol';
import type { FetchLike, HttpAnswer } from '../commands/http.js';
import { isFields, isHiding, isSnapshot } from '../engine/parse-frame.js';
import type { Fields } from '../engine/parse-frame.js';
import type { Timers } from '../feed/environment.js';

/** `nothing`: nothing new up to the cursor. `none`: not now, for whatever reason. */
export type FriendsAnswer =
  | FriendsItemsBody
  | FriendsSnapBody
  | { t: 'nothing'; cursor: FriendsCursor }
  | { t: 'none' };

export interface FriendsReaderOptions {
  /** Origin without a slash at its end; empty = the page's own. */
  baseUrl: string;
  event: string;
  fetch: FetchLike;
  timers: Timers;
  /** Asked for before every request; nothing = signed out. */
  token: () => Promise<string | undefined> | string | undefined;
}

/** Longest wait for one answer, milliseconds. */
const ANSWER_MS = 10_000;
const NONE = { t: 'none' } as const;

/** Asks the origin for what is new in Friends, and who the viewer's friends are. Never rejects. */
export class FriendsReader {
  readonly #options: FriendsReaderOptions;

  constructor(options: FriendsReaderOptions) {
    this.#options = options;
  }

  /** What follows the cursor; null = a snapshot. `hide`: version of the list of hidden authors that is held. */
  after(cursor: FriendsCursor | null, hide: string): Promise<FriendsAnswer> {
    const query = `?${cursor ? `after=${formatCursor(cursor)}&` : ''}hide=${encodeURIComponent(hide)}`;
    return this.#inTime(async () => {
      const answer = await this.#get(paths.friendsPoll(this.#options.event) + query);
      return answer ? read(answer) : NONE;
    }, NONE);
  }

  /** Ids of the viewer's friends; undefined when they cannot be had now. */
  friends(): Promise<readonly string[] | undefined> {
    return this.#inTime(async () => {
      const answer = await this.#get(paths.friends());
      if (answer?.status !== 200) return undefined;
      const body: unknown = JSON.parse(await answer.text());
      if (!isFields(body) || !Array.isArray(body.friends)) return undefined;
      return body.friends.flatMap((friend) => (isFields(friend) && typeof friend.id === 'string' ? friend.id : []));
    }, undefined);
  }

  async #get(path: string): Promise<HttpAnswer | undefined> {
    const { baseUrl, fetch, token } = this.#options;
    const bearer = await token();
    if (bearer === undefined) return undefined;
    return fetch(baseUrl + path, {
      method: 'GET',
      headers: { accept: 'application/json', authorization: `Bearer ${bearer}` },
      credentials: 'omit',
    });
  }

  /** A late answer is dropped. */
  #inTime<T>(exchange: () => Promise<T>, otherwise: T): Promise<T> {
    return new Promise((resolve) => {
      const cancel = this.#options.timers.set(() => resolve(otherwise), ANSWER_MS);
      exchange()
        .then(resolve, () => resolve(otherwise))
        .finally(cancel);
    });
  }
}

async function read(answer: HttpAnswer): Promise<FriendsAnswer> {
  if (answer.status === 204) {
    const cursor = parseCursor(answer.headers.get(CURSOR_HEADER) ?? '');
    return cursor ? { t: 'nothing', cursor: { epoch: cursor.epoch, seq: cursor.position } } : NONE;
  }
  if (answer.status !== 200) return NONE;
  const body: unknown = JSON.parse(await answer.text());
  if (!isFields(body) || (body.hide !== undefined && !isHide(body.hide))) return NONE;
  if (body.t === 'items' && areItems(body)) return body as unknown as FriendsItemsBody;
  if (body.t === 'snap' && body.tab === 'friends' && isSnapshot(body)) return body as unknown as FriendsSnapBody;
  return NONE;
}

function areItems({ items, next, more }: Fields): boolean {
  return (
    Array.isArray(items) &&
    items.every((item) => isFields(item) && item.t === 'item' && isPosition(item.seq) && isFields(item.op)) &&
    isFields(next) &&
    isPosition(next.epoch) &&
    isPosition(next.seq) &&
    typeof more === 'boolean'
  );
}

function isHide(value: unknown): boolean {
  return isFields(value) && typeof value.version === 'string' && isHiding(value);
}
