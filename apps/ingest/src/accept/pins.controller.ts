import type { PinnedBody } from '@groundswell/protocol';
import { Needs } from '@groundswell/runtime';
import { Controller, Delete, Headers, Param, Put } from '@nestjs/common';
import { Pinner } from '../write/pinner.js';
import { EventParameter, idempotencyKey, ItemParameter, KEY_HEADER } from './parameters.js';

/** An operator pins a public status to the top of Everyone, or unpins it. Saying it twice is no error. */
@Needs('operator')
@Controller('/v1/events/:event/statuses/:status/pin')
export class PinsController {
  constructor(private readonly pinner: Pinner) {}

  @Put()
  async pin(
    @Param('event', EventParameter) event: string,
    @Param('status', ItemParameter) status: string,
    @Headers(KEY_HEADER) header: string | undefined,
  ): Promise<PinnedBody> {
    return this.pinner.say({ event, status, on: true, key: idempotencyKey(header) });
  }

  @Delete()
  async unpin(
    @Param('event', EventParameter) event: string,
    @Param('status', ItemParameter) status: string,
    @Headers(KEY_HEADER) header: string | undefined,
  ): Promise<PinnedBody> {
    return this.pinner.say({ event, status, on: false, key: idempotencyKey(header) });
  }
}
