import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { problem, type Problem, type ProblemCode } from '@groundswell/protocol';
import type { FastifyReply } from 'fastify';
import type { Log } from '../log.js';
import { ProblemError } from './problem-error.js';

/** Codes of Fastify that are the caller's doing. */
const FASTIFY_CODES: Record<string, [ProblemCode, string]> = {
  FST_ERR_CTP_INVALID_JSON_BODY: ['invalid_json', 'Send a JSON object.'],
  FST_ERR_CTP_EMPTY_JSON_BODY: ['invalid_json', 'Send a JSON object: the body is empty.'],
  FST_ERR_CTP_BODY_TOO_LARGE: ['too_large', 'Send a smaller body.'],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: ['unsupported_media_type', 'Send application/json.'],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: ['invalid_json', 'Content-Length does not match the body.'],
};

const STATUS_CODES: Record<number, ProblemCode> = {
  400: 'invalid_json',
  404: 'not_found',
  413: 'too_large',
  415: 'unsupported_media_type',
};

/** Every error leaves as `application/problem+json`; what is not the caller's doing is logged and says nothing more. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly log: Log) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const document = this.toProblem(error);
    if (error instanceof ProblemError) void reply.headers(error.headers);
    // As bytes: for text Fastify would add a charset, which this media type does not have.
    void reply
      .status(document.status)
      .type('application/problem+json')
      .send(Buffer.from(JSON.stringify(document)));
  }

  private toProblem(error: unknown): Problem {
    if (error instanceof ProblemError) {
      if (error.problem.status >= 500) this.log.warn({ code: error.code, err: error.cause }, error.message);
      return error.problem;
    }
    const known = FASTIFY_CODES[codeOf(error) ?? ''];
    if (known) return problem(...known);
    const code = error instanceof HttpException ? STATUS_CODES[error.getStatus()] : undefined;
    if (code && error instanceof HttpException) return problem(code, error.message);
    this.log.error({ err: error }, 'request failed');
    return problem('internal', 'The fault is logged; try again later.');
  }
}

function codeOf(error: unknown): string | undefined {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}
