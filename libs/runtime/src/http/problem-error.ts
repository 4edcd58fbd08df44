import { problem, type Problem, type ProblemCode } from '@groundswell/protocol';

/** An answer that is a problem document (RFC 9457). `headers` go with it, e.g. `Retry-After`. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly problem: Problem;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    readonly code: ProblemCode,
    detail: string,
    {
      errors,
      headers = {},
      cause,
    }: { errors?: Problem['errors']; headers?: Record<string, string>; cause?: unknown } = {},
  ) {
    super(detail, { cause });
    this.problem = problem(code, detail, errors);
    this.headers = headers;
  }
}
