import { TokenClaims } from '@groundswell/contracts';
import type { LikedBody } from '@groundswell/protocol';
import { Caller } from '@groundswell/runtime';
import { Controller, Delete, Headers, Param, Put } from '@nestjs/common';
import { Liker } from '../write/liker.js';
import { EventParameter, idempotencyKey, ItemParameter, KEY_HEADER } from './parameters.js';

/** The caller likes a status, or does no longer. Saying it twice is no error. */
@Controller('/v1/events/:event/statuses/:status/like')
export class LikesController {
  constructor(private readonly liker: Liker) {}

  @Put()
  async like(
    @Caller() caller: TokenClaims,
    @Param('event', EventParameter) event: string,
    @Param('status', ItemParameter) status: string,
    @Headers(KEY_HEADER) header: string | undefined,
  ): Promise<LikedBody> {
    return this.liker.say({ caller, event, status, on: true, key: idempotencyKey(header) });
  }

  @Delete()
  async unlike(
    @Caller() caller: TokenClaims,
    @Param('event', EventParameter) event: string,
    @Param('status', ItemParameter) status: string,
    @Headers(KEY_HEADER) header: string | undefined,
  ): Promise<LikedBody> {
    return this.liker.say({ caller, event, status, on: false, key: idempotencyKey(header) });
  }
}
