import { paths, type PostedBody } from '@groundswell/protocol';
import { Agent, request } from 'node:http';
import type { Plan, PlannedPost } from '../plan/plan.js';
import type { Accepted } from '../verdict/expectation.js';

/** Posts on their way at a time; the schedule waits when there are more. */
const IN_FLIGHT = 200;
/** How long one post is tried again while the server says that it does not know. */
const PATIENCE_MS = 60_000;
const AGAIN_MS = 150;

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
  /** Answers that are neither a 201 nor the refusal that was expected. */
  surprises: string[];
}

/** Posts everything at its time, each under an Idempotency-Key of its own, and gathers the answers. */
export async function postPlan(input: PostInput): Promise<PostOutcome> {
  const { plan, speed, enough = () => false, onProgress } = input;
  const outcome: PostOutcome = { accepted: [], surprises: [], posted: 0, refused: 0, retried: 0, behindMs: 0 };
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
  private readonly agent = new Agent({ keepAlive: true, maxSockets: IN_FLIGHT });
  /** Id of each post, when it has one; a comment waits for those that it names. */
  private readonly ids: Promise<string | undefined>[] = [];

  constructor(
    private readonly input: PostInput,
    private readonly outcome: PostOutcome,
  ) {}

  async post(index: number): Promise<void> {
    this.ids[index] = this.answerOf(index);
    await this.ids[index];
  }

  close(): void {
    this.agent.destroy();
  }

  private async answerOf(index: number): Promise<string | undefined> {
    const post = this.input.plan.posts[index]!;
    const target = await this.targetOf(post);
    if (!target) {
      this.outcome.surprises.push(`post ${index}: what it answers was not accepted`);
      return undefined;
    }
    const began = performance.now();
    for (;;) {
      const { status, body } = await this.send(index, target).catch((error: Error) => ({
        status: 0,
        body: error.message,
      }));
      if (status === 201) return this.accepted(index, JSON.parse(body) as PostedBody);
      const again = status === 0 || status === 503;
      if (!again || performance.now() - began > PATIENCE_MS) return this.refused(index, status, body);
      this.outcome.retried++;
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
    }
  }

  private accepted(index: number, { id, seq }: PostedBody): string {
    this.outcome.accepted.push({ index, id, seq });
    this.outcome.posted++;
    if (this.input.plan.posts[index]!.refused) this.outcome.surprises.push(`post ${index} should have been refused`);
    return id;
  }

  private refused(index: number, status: number, body: string): undefined {
    this.outcome.refused++;
    if (status !== 422 || !this.input.plan.posts[index]!.refused) {
      this.outcome.surprises.push(`post ${index} was answered with ${status}: ${body.slice(0, 200)}`);
    }
    return undefined;
  }

  private async targetOf({ root, inReplyTo }: PlannedPost): Promise<{ path: string; inReplyTo?: string } | undefined> {
    const { event } = this.input;
    if (root === undefined) return { path: paths.statuses(event) };
    const [story, answered] = await Promise.all([
      this.ids[root],
      inReplyTo === undefined ? undefined : this.ids[inReplyTo],
    ]);
    if (story === undefined) return undefined;
    return { path: paths.comments(event, story), ...(answered === undefined ? {} : { inReplyTo: answered }) };
  }

  private send(index: number, target: { path: string; inReplyTo?: string }): Promise<{ status: number; body: string }> {
    const { ingest, tokenOf, plan } = this.input;
    const { author, text } = plan.posts[index]!;
    const json = JSON.stringify(target.inReplyTo === undefined ? { text } : { text, inReplyTo: target.inReplyTo });
    const headers = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(json),
      authorization: `Bearer ${tokenOf(author)}`,
      'idempotency-key': `replay-${index}`,
    };
    return new Promise((resolve, reject) => {
      const call = request(new URL(target.path, ingest), { method: 'POST', agent: this.agent, headers }, (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('end', () =>
          resolve({ status: answer.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') }),
        );
        answer.on('error', reject);
      });
      call.on('error', reject);
      call.end(json);
    });
  }
}
