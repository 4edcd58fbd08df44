import {
  subjects,
  type CommentMessage,
  type PostCommentCommand,
  type PostStatusCommand,
  type StatusMessage,
  type TokenClaims,
} from '@groundswell/contracts';
import type { PostedBody } from '@groundswell/protocol';
import { ProblemError, type Clock } from '@groundswell/runtime';
import type { EventRegistry } from '../accept/event-registry.js';
import type { MemberLimit } from '../limit/member-limit.js';
import type { Replays } from '../limit/replays.js';
import { itemId } from './item-id.js';
import type { Items } from './items.js';
import type { LogWriter } from './log-writer.js';

export interface PostRequest {
  caller: TokenClaims;
  event: string;
  /** Idempotency-Key. */
  key: string | undefined;
}

export interface Posted {
  body: PostedBody;
  /** An earlier request with the same key was answered again. */
  replayed: boolean;
}

/** A status or comment as the log has it. */
export interface StoredPost {
  subject: string;
  message: StatusMessage & Partial<Pick<CommentMessage, 'of' | 'inReplyTo'>>;
}

export interface PosterOptions {
  events: EventRegistry;
  limit: MemberLimit;
  replays: Replays;
  items: Items;
  writer: LogWriter;
  /** The status or comment at a position of the log. */
  stored: (seq: number) => Promise<StoredPost | undefined>;
  clock: Clock;
}

/** Writes statuses and comments. A request is answered when, and only when, the log has it. */
export class Poster {
  constructor(private readonly o: PosterOptions) {}

  async status(request: PostRequest, { text, audience = 'everyone' }: PostStatusCommand): Promise<Posted> {
    const { caller, event } = request;
    this.o.events.live(event);
    return this.once(request, [event, text, audience], async (id) => {
      await this.o.limit.spend(caller);
      const message: StatusMessage = { id, at: this.o.clock.now(), author: authorOf(caller), text, rev: 1 };
      return { subject: subjects.feed(event, audience, 'status'), message };
    });
  }

  async comment(
    request: PostRequest,
    { status, text, inReplyTo }: PostCommentCommand & { status: string },
  ): Promise<Posted> {
    const { caller, event } = request;
    this.o.events.live(event);
    return this.once(request, [event, status, text, inReplyTo ?? ''], async (id) => {
      await this.o.limit.spend(caller);
      const answering = { status, ...(inReplyTo === undefined ? {} : { inReplyTo }) };
      const story = await this.o.items.answerable(caller.sub, event, answering);
      const at = this.o.clock.now();
      const message: CommentMessage = {
        id,
        at,
        author: authorOf(caller),
        text,
        rev: 1,
        of: status,
        ofAuthor: story.author.id,
      };
      if (inReplyTo !== undefined) message.inReplyTo = inReplyTo;
      return { subject: subjects.feed(event, story.audience, 'comment'), message };
    });
  }

  /** Does it once for each key: a repeat gets the first answer, another request under the same key is refused. */
  private async once(
    { caller, event, key }: PostRequest,
    content: readonly string[],
    compose: (id: string) => Promise<StoredPost>,
  ): Promise<Posted> {
    const { replays, writer, stored } = this.o;
    const replay = key === undefined ? undefined : replays.of(caller.sub, key, content);
    const earlier = await replay?.answer();
    if (earlier) return { body: earlier, replayed: true };
    const id = itemId({ event, author: caller.sub, key });
    const post = await compose(id);
    const { subject, message } = post;
    const { seq, duplicate } = await writer.write({ subject, id, at: message.at, message });
    // The answer to the first request was lost: the log still knows it, with the time of then.
    const kept = duplicate ? await stored(seq) : post;
    if (!kept || !isSame(kept, post)) throw conflict();
    const body: PostedBody = { id, seq, at: kept.message.at };
    await replay?.keep(body);
    return { body, replayed: duplicate };
  }
}

/** The subject tells kind and audience: what was for friends only is never answered by what everybody sees. */
function isSame(a: StoredPost, b: StoredPost): boolean {
  return (
    a.subject === b.subject &&
    a.message.text === b.message.text &&
    a.message.of === b.message.of &&
    a.message.inReplyTo === b.message.inReplyTo
  );
}

function authorOf({ sub, name }: TokenClaims): { id: string; name: string } {
  return { id: sub, name };
}

function conflict(): ProblemError {
  return new ProblemError('idempotency_conflict', 'This Idempotency-Key belongs to another request: choose a new one.');
}
