import type { PostedBody } from '@groundswell/protocol';
import { ProblemError, type Log } from '@groundswell/runtime';
import type { Answers } from '@groundswell/store';
import { createHash } from 'node:crypto';

/** One key of one member. */
export interface Replay {
  /** The answer that was given before; throws `idempotency_conflict` when the key belongs to another request. */
  answer(): Promise<PostedBody | undefined>;
  keep(body: PostedBody): Promise<void>;
}

/**
 * Answers given under an Idempotency-Key. They are a convenience that outlives the log's own memory of ids: when they
 * are out of reach, the log alone keeps a retry from being stored twice.
 */
export class Replays {
  constructor(
    private readonly answers: Answers,
    private readonly log: Log,
  ) {}

  of(author: string, key: string, content: readonly string[]): Replay {
    const fingerprint = createHash('sha256').update(JSON.stringify(content)).digest('base64url');
    return {
      answer: async () => {
        const kept = await this.orNothing(() => this.answers.lookup(author, key, fingerprint));
        if (kept?.found === 'other') {
          throw new ProblemError(
            'idempotency_conflict',
            'This Idempotency-Key belongs to another request: choose a new one.',
          );
        }
        return kept?.found === 'same' ? (JSON.parse(kept.answer) as PostedBody) : undefined;
      },
      keep: async (body) => {
        await this.orNothing(() => this.answers.remember(author, key, fingerprint, JSON.stringify(body)));
      },
    };
  }

  private async orNothing<T>(ask: () => Promise<T>): Promise<T | undefined> {
    try {
      return await ask();
    } catch (error) {
      this.log.warn({ err: error }, 'answers under idempotency keys are out of reach');
      return undefined;
    }
  }
}
