import { TokenClaims } from '@groundswell/contracts';
import type { BlocksView, SocialAcceptedBody } from '@groundswell/protocol';
import { Caller } from '@groundswell/runtime';
import { Controller, Delete, Get, Header, Headers, Param, Put } from '@nestjs/common';
import { MemberLists } from '../read/member-lists.js';
import { PairWriter } from '../write/pair-writer.js';
import { idempotencyKey, KEY_HEADER, MemberParameter } from './parameters.js';

/** Whom the caller blocks. A block ends the friendship and works in both directions; saying it twice is no error. */
@Controller('/v1/blocks')
export class BlocksController {
  constructor(
    private readonly pairs: PairWriter,
    private readonly lists: MemberLists,
  ) {}

  @Get()
  @Header('Cache-Control', 'private, no-store')
  async list(@Caller() caller: TokenClaims): Promise<BlocksView> {
    return this.lists.blocks(caller.sub);
  }

  @Put('/:member')
  async block(
    @Caller() caller: TokenClaims,
    @Param('member', MemberParameter) member: string,
    @Headers(KEY_HEADER) header: string | undefined,
  ): Promise<SocialAcceptedBody> {
    return this.pairs.shun('block', { caller, member, on: true, key: idempotencyKey(header) });
  }

  @Delete('/:member')
  async unblock(
    @Caller() caller: TokenClaims,
    @Param('member', MemberParameter) member: string,
    @Headers(KEY_HEADER) header: string | undefined,
  ): Promise<SocialAcceptedBody> {
    return this.pairs.shun('block', { caller, member, on: false, key: idempotencyKey(header) });
  }
}
