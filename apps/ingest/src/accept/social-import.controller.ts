import { TokenClaims } from '@groundswell/contracts';
import { isPosition } from '@groundswell/protocol';
import { Caller, Needs, ProblemError } from '@groundswell/runtime';
import { Controller, Headers, HttpCode, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { SocialImport } from '../write/social-import.js';
import { idempotencyKey, KEY_HEADER } from './parameters.js';

/** Media type of the body and of the answer: one JSON object a line. */
export const NDJSON = 'application/x-ndjson';

/** Whole graphs, streamed in and answered line by line while they are stored. */
@Needs('import')
@Controller('/v1/social/import')
export class SocialImportController {
  constructor(private readonly social: SocialImport) {}

  /**
   * `from` = the `line` that an earlier, broken-off import reached: that many lines are passed over. The last line of
   * the answer is `done` or a problem; all lines up to its `line` are stored.
   */
  @Post()
  @HttpCode(200)
  import(
    @Caller() _caller: TokenClaims,
    @Req() request: FastifyRequest,
    @Headers(KEY_HEADER) header: string | undefined,
    @Query('from') from: string | undefined,
    @Res() reply: FastifyReply,
  ): void {
    const skip = from === undefined ? 0 : Number(from);
    if (!isPosition(skip)) throw new ProblemError('invalid_parameter', '"from" must be a number of lines.');
    if (!(request.body instanceof Readable)) {
      throw new ProblemError('unsupported_media_type', `Send lines of JSON as ${NDJSON}.`);
    }
    const answers = this.social.run({ input: request.body, key: idempotencyKey(header) ?? randomUUID(), skip });
    void reply.type(NDJSON).send(Readable.from(answers));
  }
}
