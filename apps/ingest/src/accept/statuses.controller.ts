import { PostCommentCommand, PostStatusCommand, TokenClaims } from '@groundswell/contracts';
import { paths, type PostedBody } from '@groundswell/protocol';
import { Caller, Needs } from '@groundswell/runtime';
import { Body, Controller, Delete, Headers, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Poster, type Posted } from '../write/poster.js';
import { Retractor } from '../write/retractor.js';
import { EventParameter, ItemParameter, idempotencyKey, KEY_HEADER } from './parameters.js';

/** Statuses and comments: posted, and taken back. Every answer comes after the log's acknowledgement. */
@Controller('/v1/events/:event/statuses')
export class StatusesController {
  constructor(
    private readonly poster: Poster,
    private readonly retractor: Retractor,
  ) {}

  @Post()
  async post(
    @Caller() caller: TokenClaims,
    @Param('event', EventParameter) event: string,
    @Headers(KEY_HEADER) header: string | undefined,
    @Body() command: PostStatusCommand,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PostedBody> {
    const posted = await this.poster.status({ caller, event, key: idempotencyKey(header) }, command);
    return answer(reply, posted, paths.status(event, posted.body.id));
  }

  @Post('/:status/comments')
  async comment(
    @Caller() caller: TokenClaims,
    @Param('event', EventParameter) event: string,
    @Param('status', ItemParameter) status: string,
    @Headers(KEY_HEADER) header: string | undefined,
    @Body() command: PostCommentCommand,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PostedBody> {
    const posted = await this.poster.comment({ caller, event, key: idempotencyKey(header) }, { ...command, status });
    return answer(reply, posted, paths.comment(event, status, posted.body.id));
  }

  @Needs('member', 'operator')
  @Delete('/:status')
  async retractStatus(
    @Caller() caller: TokenClaims,
    @Param('event', EventParameter) event: string,
    @Param('status', ItemParameter) status: string,
  ): Promise<PostedBody> {
    return this.retractor.retract({ caller, event, id: status });
  }

  @Needs('member', 'operator')
  @Delete('/:status/comments/:comment')
  async retractComment(
    @Caller() caller: TokenClaims,
    @Param('event', EventParameter) event: string,
    @Param('status', ItemParameter) status: string,
    @Param('comment', ItemParameter) comment: string,
  ): Promise<PostedBody> {
    return this.retractor.retract({ caller, event, id: comment, of: status });
  }
}

function answer(reply: FastifyReply, { body, replayed }: Posted, location: string): PostedBody {
  void reply.status(201).header('Location', location);
  if (replayed) void reply.header('Idempotency-Replayed', 'true');
  return body;
}
