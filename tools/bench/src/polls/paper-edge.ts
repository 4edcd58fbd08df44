import type { FetchLike, HttpAnswer } from '@groundswell/client';
import { paths } from '@groundswell/protocol';

export interface PaperEdgeOptions {
  /** Ports of the apps on this machine. */
  fanout: number;
  ingest: number;
  event: string;
  /** False: as if there were no filters, so that every viewer asks at every poll. */
  filters: boolean;
}

/** Requests that reached the origin. */
export interface OriginCounts {
  /** Friends polls. */
  polls: number;
  /** Lists of friends. */
  lists: number;
  /** Heads, segments, filters and the time: once for all viewers. */
  pages: number;
}

const KEPT = 200;
const AUTHORS = /\/authors\/\d+$/;
const HEAD = /\/head\/\d+\/\d+$/;
const NOT_FOUND: HttpAnswer = { status: 404, headers: { get: () => null }, text: () => Promise.resolve('') };

/** A cache between viewers and origin, in this process: what is public is asked for once by whoever comes first. */
export class PaperEdge {
  readonly counts: OriginCounts = { polls: 0, lists: 0, pages: 0 };
  private readonly pages = new Map<string, Promise<HttpAnswer>>();

  constructor(private readonly options: PaperEdgeOptions) {}

  readonly fetch: FetchLike = async (path, { headers }) => {
    const { ingest, event, filters } = this.options;
    if (path === paths.friends()) {
      this.counts.lists++;
      return ask(ingest, path, headers);
    }
    if (path.split('?')[0] === paths.friendsPoll(event)) {
      this.counts.polls++;
      return ask(this.options.fanout, path, headers);
    }
    if (!filters && AUTHORS.test(path)) return NOT_FOUND;
    // Whole seconds are good enough for slots of one.
    return this.page(path.startsWith('/v1/time/') ? `/v1/time/${Math.floor(Date.now() / 1000)}` : path);
  };

  private page(path: string): Promise<HttpAnswer> {
    const known = this.pages.get(path);
    if (known) return known;
    this.counts.pages++;
    const asked = this.askPage(path);
    this.pages.set(path, asked);
    const [oldest] = this.pages.keys();
    if (this.pages.size > KEPT) this.pages.delete(oldest!);
    return asked;
  }

  private async askPage(path: string): Promise<HttpAnswer> {
    const answer = await ask(this.options.fanout, path, {});
    const text = await answer.text();
    if (answer.status !== 200) this.pages.delete(path);
    if (this.options.filters || !HEAD.test(path)) return { ...answer, text: () => Promise.resolve(text) };
    const { filter: _, ...head } = JSON.parse(text) as { filter?: string };
    const stripped = JSON.stringify(head);
    return { ...answer, text: () => Promise.resolve(stripped) };
  }
}

async function ask(port: number, path: string, headers: Record<string, string>): Promise<HttpAnswer> {
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, { headers });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, text: () => Promise.resolve(text) };
}
