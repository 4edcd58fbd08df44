import type { Role } from '@groundswell/contracts';
import { CURSOR_HEADER, paths } from '@groundswell/protocol';
import type { FriendsItemsBody, FriendsSnapBody, PostedBody } from '@groundswell/protocol';
import { post, SECRET, type Ready } from './ready-stack.js';

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
}

/** Members of a stack by id: what they do and ask, with tokens that no limit stops. */
export class Members {
  private readonly byId = new Map<string, string>();

  constructor(
    private readonly ready: Ready,
    readonly event: string,
  ) {}

  async enrol(ids: readonly string[], roles: readonly Role[] = ['member', 'load']): Promise<void> {
    const members = ids.map((id) => ({ id, name: `Name of ${id}`, roles }));
    const { body } = await post(this.ready.tokensUrl, { members }, SECRET);
    ids.forEach((id, i) => this.byId.set(id, (body['tokens'] as string[])[i]!));
  }

  get tokens(): string[] {
    return [...this.byId.values()];
  }

  token(id: string): string {
    const token = this.byId.get(id);
    if (token === undefined) throw new Error(`${id} is not enrolled.`);
    return token;
  }

  /** A request to ingest, or to another address. `as` undefined: nobody is signed in. */
  async ask(as: string | undefined, method: string, path: string, { body, at = this.ready.ingest }: AskOptions = {}) {
    const headers: Record<string, string> = as === undefined ? {} : { authorization: `Bearer ${this.token(as)}` };
    if (body) headers['content-type'] = 'application/json';
    const sent = typeof body === 'object' ? JSON.stringify(body) : body;
    const answer = await fetch(at + path, { method, headers, ...(sent === undefined ? {} : { body: sent }) });
    return { status: answer.status, headers: answer.headers, text: await answer.text() };
  }

  /** The same, for what has to succeed. */
  async do(as: string, method: string, path: string, body?: object): Promise<Answer> {
    const answer = await this.ask(as, method, path, body ? { body } : {});
    if (answer.status >= 300) throw new Error(`${as} ${method} ${path}: ${answer.status} ${answer.text}`);
    return answer;
  }

  async befriend(a: string, b: string): Promise<void> {
    await this.do(a, 'PUT', paths.friend(b));
    await this.do(b, 'PUT', paths.friend(a));
  }

  async says(as: string, text: string, { audience = 'friends', event = this.event } = {}): Promise<PostedBody> {
    return JSON.parse((await this.do(as, 'POST', paths.statuses(event), { text, audience })).text) as PostedBody;
  }

  async comments(as: string, of: string, text: string): Promise<PostedBody> {
    return JSON.parse((await this.do(as, 'POST', paths.comments(this.event, of), { text })).text) as PostedBody;
  }

  thread(as: string | undefined, id: string): Promise<Answer> {
    return this.ask(as, 'GET', paths.status(this.event, id));
  }

  /** A Friends poll at a node; `query` such as `after=1.2`. */
  async poll(at: string, as: string, query = '') {
    const answer = await this.ask(as, 'GET', `${paths.friendsPoll(this.event)}?${query}`, { at });
    const body = answer.status === 200 ? (JSON.parse(answer.text) as FriendsItemsBody | FriendsSnapBody) : undefined;
    return { ...answer, body, cursor: answer.headers.get(CURSOR_HEADER) ?? '' };
  }
}

interface AskOptions {
  /** A string is sent as it is. */
  body?: object | string;
  at?: string;
}
