import type { Problem } from '@groundswell/protocol';

/** The server said no. `problem.code` says why, `problem.detail` what to do. */
export class CommandRefused extends Error {
  override readonly name = 'CommandRefused';
  readonly code = 'command_refused';
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(`${problem.title}: ${problem.detail}`);
    this.problem = problem;
  }
}

/**
 * No answer could be had, so it is not known whether the command was stored. Calling again with the same `key` is safe:
 * what was stored is not stored twice.
 */
export class CommandUnavailable extends Error {
  override readonly name = 'CommandUnavailable';
  readonly code = 'command_unavailable';
  /** Idempotency-Key of the command. */
  readonly key: string;

  constructor(key: string, attempts: number, cause: unknown) {
    super(`No answer after ${attempts} attempts; try again later with the same key.`, { cause });
    this.key = key;
  }
}

/** The answer is not one of this protocol, such as an error page of a proxy. */
export class UnexpectedAnswer extends Error {
  override readonly name = 'UnexpectedAnswer';
  readonly code = 'unexpected_answer';
  /** HTTP status. */
  readonly status: number;

  constructor(status: number, cause?: unknown) {
    super(`The server answered ${status} in a form that is not part of the protocol.`, { cause });
    this.status = status;
  }
}
