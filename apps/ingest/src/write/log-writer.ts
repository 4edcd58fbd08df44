import { Overloaded, PublishUnknown, StorageFull, StreamUnavailable, type Publisher } from '@groundswell/bus';
import { envelope, type EnvelopeInput } from '@groundswell/contracts';
import { ProblemError } from '@groundswell/runtime';

export interface Written {
  /** Position in the log. */
  seq: number;
  /** The log held this message before: the id is that of an earlier write. */
  duplicate: boolean;
}

/** Writes messages to the log. What it answers is durable; what it refuses says whether to try again. */
export class LogWriter {
  constructor(
    private readonly publisher: Publisher,
    private readonly source: string,
  ) {}

  /** Resolves after the acknowledgement. Throws a `ProblemError` that is ready to be sent. */
  async write(message: Omit<EnvelopeInput, 'source'>): Promise<Written> {
    try {
      return await this.publisher.publish(envelope({ ...message, source: this.source }));
    } catch (error) {
      throw logProblem(error);
    }
  }
}

/** The problem that a fault of the log is to the caller; what is none of the log's faults stays what it is. */
export function logProblem(cause: unknown): unknown {
  if (cause instanceof StorageFull) {
    return new ProblemError('storage_full', 'The log is full: nothing was stored. Operators have to make room.', {
      cause,
    });
  }
  if (cause instanceof PublishUnknown || cause instanceof Overloaded || cause instanceof StreamUnavailable) {
    const detail = 'The log did not answer. Send the same request with the same Idempotency-Key again.';
    return new ProblemError('unavailable', detail, { headers: { 'Retry-After': '1' }, cause });
  }
  return cause;
}
