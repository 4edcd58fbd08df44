import type { HistoryBody, Story, ThreadBody } from '@groundswell/protocol';
import { renderOp } from '@groundswell/render';
import { ProblemError } from '@groundswell/runtime';
import {
  historyPart,
  historyPartEnd,
  type CommentItem,
  type Item,
  type Listed,
  type ListedPage,
  type PageOptions,
  type StatusItem,
  type StoredCounts,
  type StoredItem,
} from '@groundswell/store';
import type { Readable } from '../write/items.js';
import { upToDate } from '../write/up-to-date.js';

export interface HistoryOptions {
  listed: (event: string, part: number, page: PageOptions) => Promise<ListedPage>;
  comments: (event: string, story: string, page: PageOptions) => Promise<ListedPage>;
  item: (event: string, id: string) => Promise<StoredItem>;
  counts: (stories: { event: string; story: string }[]) => Promise<StoredCounts[]>;
  /** Last position of EVENTS. */
  endOfEvents: () => Promise<number>;
}

export interface HistoryPage {
  event: string;
  /** Only what stands below this position of the log; undefined: from the newest on. */
  before: number | undefined;
  limit: number;
}

/** Parts of the log that are asked in one flight: an event may be silent for long. */
const PARTS_AT_A_TIME = 16;

/** What an event has said, page by page, from the projected items. A page is whole, or `view_behind` is thrown. */
export class History {
  constructor(private readonly o: HistoryOptions) {}

  /** Public statuses, newest first. */
  async statuses({ event, before, limit }: HistoryPage): Promise<HistoryBody> {
    const end = await this.o.endOfEvents();
    let below = Math.min(before ?? Infinity, end + 1);
    const found: StatusItem[] = [];
    while (found.length < limit && below > 0) {
      const page = await this.newestBelow(event, below, limit - found.length);
      const items = await this.itemsOf(event, page.entries, end);
      found.push(...items.filter((item) => item.kind === 'status'));
      below = page.below;
    }
    return { t: 'history', stories: await this.stories(event, found), before: below > 0 ? below : null };
  }

  /** A status that the caller may see, with the comments that are not hidden from them, newest first. Throws `unknown_status`. */
  async thread({ item: { id }, hidden }: Readable, { event, before, limit }: HistoryPage): Promise<ThreadBody> {
    const end = await this.o.endOfEvents();
    const [story] = await this.itemsOf(event, [{ id, seq: 0 }], end);
    if (story?.kind !== 'status')
      throw new ProblemError('unknown_status', 'There is no such status, or it was taken back.');
    let below = Math.min(before ?? Infinity, end + 1);
    const found: CommentItem[] = [];
    while (found.length < limit && below > 0) {
      const page = { before: below, limit: limit - found.length };
      const { entries } = await upToDate({
        read: () => this.o.comments(event, story.id, page),
        end: async () => below - 1,
      });
      const items = await this.itemsOf(event, entries, end);
      found.push(...items.filter((item) => item.kind === 'comment').filter(({ author }) => !hidden.has(author.id)));
      below = entries.length < page.limit ? 0 : entries.at(-1)!.seq;
    }
    const [whole] = await this.stories(event, [story]);
    return { t: 'thread', story: whole!, comments: found.map(commentOp), before: below > 0 ? below : null };
  }

  /** The newest entries below a position, of the first flight that has any, and where to go on; 0: nothing is left. */
  private async newestBelow(
    event: string,
    below: number,
    limit: number,
  ): Promise<{ entries: Listed[]; below: number }> {
    const newest = historyPart(below - 1);
    const oldest = Math.max(0, newest - PARTS_AT_A_TIME + 1);
    const parts = Array.from({ length: newest - oldest + 1 }, (_, i) => newest - i);
    const pages = await Promise.all(
      parts.map((part) =>
        upToDate({
          read: () => this.o.listed(event, part, { before: below, limit }),
          end: async () => Math.min(below - 1, historyPartEnd(part)),
        }),
      ),
    );
    const entries = pages.flatMap((page) => page.entries).slice(0, limit);
    if (entries.length === limit) return { entries, below: entries.at(-1)!.seq };
    return { entries, below: oldest === 0 ? 0 : historyPartEnd(oldest - 1) + 1 };
  }

  /** Items as of a position at least: one that was taken back before is a tomb. */
  private async itemsOf(event: string, entries: readonly Listed[], end: number): Promise<Item[]> {
    const found = await Promise.all(
      entries.map(({ id }) => upToDate({ read: () => this.o.item(event, id), end: async () => end })),
    );
    return found.flatMap(({ item }) => item ?? []);
  }

  private async stories(event: string, items: readonly StatusItem[]): Promise<Story[]> {
    const counts = await this.o.counts(items.map(({ id }) => ({ event, story: id })));
    const byStory = new Map(counts.map((one) => [one.story, one]));
    return items.map(({ id, seq, at, author, text, rev, audience }) => {
      const add = { t: 'add' as const, id, seq, at, author, text, rev };
      const { op } = renderOp(audience === 'friends' ? { ...add, audience } : add);
      const { comments = 0, likes = 0 } = byStory.get(id) ?? {};
      return { add: op, comments: [], commentCount: comments, likes };
    });
  }
}

function commentOp({ id, of, seq, at, author, text, rev, inReplyTo }: CommentItem): ThreadBody['comments'][number] {
  const comment = { t: 'comment' as const, id, of, seq, at, author, text, rev };
  return renderOp(inReplyTo === undefined ? comment : { ...comment, inReplyTo }).op;
}
