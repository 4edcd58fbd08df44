import { paths, type PostedBody, type Problem } from '@groundswell/protocol';
import type { Plan, PlannedPost } from '../plan/plan.js';
import type { CommentAnswer } from '../verdict/comment-rights.js';
import type { Accepted } from '../verdict/expectation.js';
import { Caller, type Answer } from './caller.js';

/** Posts on their way at a time; the schedule waits when there are more. */
const IN_FLIGHT = 200;

export interface PostInput {
  ingest: string;
  event: string;
  plan: Plan;
  /** Token of a member. */
  tokenOf: (member: string) => string;
  /** How many times faster than the clock. */
  speed: number;
  /** Asked before each post: whether enough have been sent. */
  enough?: () => boolean;
  onProgress: (progress: PostProgress) => void;
}

export interface PostProgress {
  posted: number;
  refused: number;
  retried: number;
  /** Milliseconds behind the schedule. */
  behindMs: number;
}

export interface PostOutcome extends PostProgress {
  accepted: Accepted[];
  /** How comments on what others wrote were answered: whether rightly so follows from the graph. */
  comments: CommentAnswer[];
  /** Answers that are neither a 201 nor a refusal that can be right. */
  surprises: string[];
}

/** Posts everything at its time, each under an Idempotency-Key of its own, and gathers the answers. */
export async function postPlan(input: PostInput): Promise<PostOutcome> {
  const { plan, speed, enough = () => false, onProgress } = input;
  const none = { posted: 0, refused: 0, retried: 0, behindMs: 0 };
  const outcome: PostOutcome = { accepted: [], comments: [], surprises: [], ...none };
  const poster = new Poster(input, outcome);
  const begun = performance.now();
  const running = new Set<Promise<void>>();
  for (let index = 0; index < plan.posts.length && !enough(); index++) {
    const due = begun + plan.posts[index]!.at / speed;
    const wait = due - performance.now();
    if (wait > 1) await new Promise((resolve) => setTimeout(resolve, wait));
    while (running.size >= IN_FLIGHT) await Promise.race(running);
    outcome.behindMs = Math.max(0, performance.now() - due);
    const post = poster.post(index).finally(() => running.delete(post));
    running.add(post);
    onProgress(outcome);
  }
  await Promise.all(running);
  poster.close();
  onProgress(outcome);
  return outcome;
}

class Poster {
  private readonly caller: Caller;
  /** Id of each post, when it has one; a comment waits for those that it names. */
  private readonly ids: Promise<string | undefined>[] = [];

  constructor(
    private readonly input: PostInput,
    private readonly outcome: PostOutcome,
  ) {
    this.caller = new Caller(input.ingest, IN_FLIGHT);
  }

  async post(index: number): Promise<void> {
    this.ids[index] = this.answerOf(index);
    await this.ids[index];
  }

  close(): void {
    this.caller.close();
  }

  private async answerOf(index: number): Promise<string | undefined> {
    const { plan, tokenOf } = this.input;
    const post = plan.posts[index]!;
    const target = await this.targetOf(post);
    if (!target) {
      this.outcome.surprises.push(`post ${index}: what it answers was not accepted`);
      return undefined;
    }
    const call = { method: 'POST' as const, token: tokenOf(post.author), key: `replay-${index}`, ...target };
    const answer = await this.caller.call(call, () => this.outcome.retried++);
    if (answer.status === 201) return this.accepted(index, answer);
    return this.refused(index, answer);
  }

  private accepted(index: number, answer: Answer): string {
    const { id, seq } = JSON.parse(answer.body) as PostedBody;
    this.outcome.accepted.push({ index, id, seq });
    this.outcome.posted++;
    if (this.input.plan.posts[index]!.refused) this.outcome.surprises.push(`post ${index} should have been refused`);
    this.note(index, 'accepted', answer);
    return id;
  }

  private refused(index: number, answer: Answer): undefined {
    const { status, body } = answer;
    this.outcome.refused++;
    const code = codeOf(body);
    if (status === 422 && this.input.plan.posts[index]!.refused) return;
    if (code === 'unknown_status' || code === 'blocked') this.note(index, code, answer);
    else this.outcome.surprises.push(`post ${index} was answered with ${status}: ${body.slice(0, 200)}`);
  }

  private note(index: number, said: CommentAnswer['said'], { sentAt, answeredAt }: Answer): void {
    const { author, root } = this.input.plan.posts[index]!;
    if (root === undefined) {
      if (said !== 'accepted') this.outcome.surprises.push(`post ${index}, a status, was answered with ${said}`);
      return;
    }
    const { author: storyAuthor, audience = 'everyone' } = this.input.plan.posts[root]!;
    this.outcome.comments.push({ index, author, storyAuthor, audience, said, sentAt, answeredAt });
  }

  private async targetOf({ text, audience, root, inReplyTo }: PlannedPost): Promise<Target | undefined> {
    const { event } = this.input;
    if (root === undefined) return { path: paths.statuses(event), body: audience ? { text, audience } : { text } };
    const [story, answered] = await Promise.all([
      this.ids[root],
      inReplyTo === undefined ? undefined : this.ids[inReplyTo],
    ]);
    if (story === undefined) return undefined;
    const body = answered === undefined ? { text } : { text, inReplyTo: answered };
    return { path: paths.comments(event, story), body };
  }
}

interface Target {
  path: string;
  body: object;
}

function codeOf(body: string): Problem['code'] | undefined {
  try {
    return (JSON.parse(body) as Partial<Problem>).code;
  } catch {
    return undefined;
  }
}
