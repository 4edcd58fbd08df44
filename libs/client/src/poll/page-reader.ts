import type { AuthorsBody, HeadBody, RollUpBody, SegFrame, SnapshotBody, TimeBody } from '@groundswell/protocol';
import { isPosition, paths } from '@groundswell/protocol';
import type { FetchLike } from '../commands/http.js';
import { newIdempotencyKey } from '../commands/http.js';
import { isDuration, isFields, isSegment, isSnapshot } from '../engine/parse-frame.js';
import type { Fields } from '../engine/parse-frame.js';
import type { Timers } from '../feed/environment.js';
import type { PageAddress } from './catch-up.js';

/** `gone`: no longer held (410). `none`: not now, for whatever reason; ask again later. */
export type Answer<T> = { t: 'page'; body: T } | { t: 'gone' } | { t: 'none'; retryAfterMs: number };

/** A head, or what a server says instead that is too busy to look (H4). */
export type Head = HeadBody | { shed: true; pollMs: number };

export interface PageReaderOptions {
  /** Origin of the pages without a slash at its end; empty = the page's own. */
  baseUrl: string;
  event: string;
  fetch: FetchLike;
  timers: Timers;
}

/** Longest wait for one answer, milliseconds. */
const ANSWER_MS = 10_000;
const RETRY_AFTER_MAX_MS = 60_000;
const NONE = { t: 'none', retryAfterMs: 0 } as const;

/** Fetches the public pages of Everyone. A body that is not what its address says counts as not answered. */
export class PageReader {
  readonly #options: PageReaderOptions;

  constructor(options: PageReaderOptions) {
    this.#options = options;
  }

  time(): Promise<Answer<TimeBody>> {
    return this.#get(
      paths.time(newIdempotencyKey()),
      (f): f is TimeBody & Fields => f.t === 'time' && isPosition(f.now),
    );
  }

  head(slotMs: number, slot: number): Promise<Answer<Head>> {
    return this.#get(paths.head(this.#options.event, slotMs, slot), isHead);
  }

  snapshot(epoch: number, n: number): Promise<Answer<SnapshotBody>> {
    return this.#get(
      paths.snapshot(this.#options.event, epoch, n),
      (f): f is SnapshotBody & Fields =>
        f.tab === 'everyone' && isSnapshot(f) && isFields(f.cursor) && f.cursor.epoch === epoch && f.cursor.n === n,
    );
  }

  /** Who wrote in a group of segments. */
  authors(epoch: number, k: number): Promise<Answer<AuthorsBody>> {
    return this.#get(
      paths.authors(this.#options.event, epoch, k),
      (f): f is AuthorsBody & Fields =>
        f.t === 'authors' && f.epoch === epoch && f.k === k && typeof f.filter === 'string',
    );
  }

  /** The segments of a page, in order. */
  async segments(epoch: number, page: PageAddress): Promise<Answer<SegFrame[]>> {
    const { event } = this.#options;
    if (page.t === 'seg') {
      const answer = await this.#get(paths.segment(event, epoch, page.n), (f): f is SegFrame & Fields =>
        areSegments([f], epoch, page.n),
      );
      return answer.t === 'page' ? { t: 'page', body: [answer.body] } : answer;
    }
    const { k, size } = page;
    const answer = await this.#get(
      paths.rollUp(event, epoch, k, size),
      (f): f is RollUpBody & Fields =>
        Array.isArray(f.segments) && f.segments.length === size && areSegments(f.segments, epoch, k * size + 1),
    );
    return answer.t === 'page' ? { t: 'page', body: answer.body.segments } : answer;
  }

  /** Never rejects. A late answer is dropped. */
  #get<T>(path: string, isBody: (fields: Fields) => fields is T & Fields): Promise<Answer<T>> {
    return new Promise((resolve) => {
      const cancel = this.#options.timers.set(() => resolve(NONE), ANSWER_MS);
      this.#exchange(path, isBody)
        .then(resolve, () => resolve(NONE))
        .finally(cancel);
    });
  }

  async #exchange<T>(path: string, isBody: (fields: Fields) => fields is T & Fields): Promise<Answer<T>> {
    const { baseUrl, fetch } = this.#options;
    const answer = await fetch(baseUrl + path, { method: 'GET', headers: {}, credentials: 'omit' });
    if (answer.status === 410) return { t: 'gone' };
    if (answer.status !== 200) {
      const seconds = Number(answer.headers.get('retry-after') ?? 0);
      return { t: 'none', retryAfterMs: seconds > 0 ? Math.min(seconds * 1_000, RETRY_AFTER_MAX_MS) : 0 };
    }
    const body: unknown = JSON.parse(await answer.text());
    return isFields(body) && isBody(body) ? { t: 'page', body } : NONE;
  }
}

function isHead(f: Fields): f is Head & Fields {
  if (f.t !== 'head' || !isDuration(f.pollMs)) return false;
  if (f.shed === true && f.snap === undefined) return true;
  return (
    isPosition(f.epoch) &&
    isPosition(f.n) &&
    isPosition(f.snap) &&
    f.snap <= f.n &&
    isPosition(f.slotMs) &&
    f.slotMs > 0 &&
    isDuration(f.jitter) &&
    Array.isArray(f.tombs) &&
    f.tombs.every((id) => typeof id === 'string') &&
    (f.filter === undefined || typeof f.filter === 'string') &&
    (f.fullPollEvery === undefined || isPosition(f.fullPollEvery)) &&
    Array.isArray(f.inline) &&
    areInline(f.inline, f.epoch, f.n - f.inline.length + 1)
  );
}

/** Segments of a head: those sealed before its epoch began keep the epoch that they were sealed in. */
function areInline(list: readonly unknown[], epoch: number, first: number): boolean {
  const before = list.filter((f) => isFields(f) && isPosition(f.epoch) && f.epoch < epoch).length;
  return areSegments(list.slice(before), epoch, first + before);
}

/** Whether these are the segments from number `first` on, without a hole. */
function areSegments(list: readonly unknown[], epoch: number, first: number): boolean {
  return list.every((f, i) => isFields(f) && isSegment(f) && f.epoch === epoch && f.n === first + i);
}
