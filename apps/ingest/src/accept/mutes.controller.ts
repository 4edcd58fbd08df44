import { TokenClaims } from '@groundswell/contracts';
import type { MutesView, SocialAcceptedBody } from '@groundswell/protocol';
import { Caller } from '@groundswell/runtime';
import { Controller, Delete, Get, Header, Headers, Param, Put } from '@nestjs/common';
import { MemberLists } from '../read/member-lists.js';
import { PairWriter } from '../write/pair-writer.js';
import { idempotencyKey, KEY_HEADER, MemberParameter } from './parameters.js';

/** Whom the caller mutes. The other does not learn of it; saying it twice is no error. */
@Controller('/v1/mutes')
export class MutesController {
  constructor(
    private readonly pairs: PairWriter,
    private readonly lists: MemberLists,
  ) {}

  @Get()
  @Header('Cache-Control', 'private, no-store')
  async list(@Caller() caller: TokenClaims): Promise<MutesView> {
    return this.lists.mutes(caller.sub);
  }

  @Put('/:member')
  async mute(
    @Caller() caller: TokenClaims,
    @Param('member', MemberParameter) member: string,
    @Headers(KEY_HEADER) header: string | undefined,
  ): Promise<SocialAcceptedBody> {
    return this.pairs.shun('mute', { caller, member, on: true, key: idempotencyKey(header) });
  }

  @Delete('/:member')
  async unmute(
    @Caller() caller: TokenClaims,
    @Param('member', MemberParameter) member: string,
    @Headers(KEY_HEADER) header: string | undefined,
  ): Promise<SocialAcceptedBody> {
    return this.pairs.shun('mute', { caller, member, on: false, key: idempotencyKey(header) });
  }
}
