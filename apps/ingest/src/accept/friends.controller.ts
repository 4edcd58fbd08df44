import { TokenClaims } from '@groundswell/contracts';
import type { FriendsView, SocialAcceptedBody } from '@groundswell/protocol';
import { Caller } from '@groundswell/runtime';
import { Controller, Delete, Get, Header, Headers, HttpCode, Param, Post, Put } from '@nestjs/common';
import { MemberLists } from '../read/member-lists.js';
import { PairWriter } from '../write/pair-writer.js';
import { idempotencyKey, KEY_HEADER, MemberParameter } from './parameters.js';

/** Friendships of the member who calls. One stands when both have said yes, and ends when either says DELETE. */
@Controller('/v1/friends')
export class FriendsController {
  constructor(
    private readonly pairs: PairWriter,
    private readonly lists: MemberLists,
  ) {}

  @Get()
  @Header('Cache-Control', 'private, no-store')
  async list(@Caller() caller: TokenClaims): Promise<FriendsView> {
    return this.lists.friends(caller.sub);
  }

  @Put('/:member')
  async befriend(
    @Caller() caller: TokenClaims,
    @Param('member', MemberParameter) member: string,
    @Headers(KEY_HEADER) header: string | undefined,
  ): Promise<SocialAcceptedBody> {
    return this.pairs.befriend({ caller, member, key: idempotencyKey(header) });
  }

  @Post('/:member/acceptance')
  @HttpCode(200)
  async accept(
    @Caller() caller: TokenClaims,
    @Param('member', MemberParameter) member: string,
    @Headers(KEY_HEADER) header: string | undefined,
  ): Promise<SocialAcceptedBody> {
    return this.pairs.accept({ caller, member, key: idempotencyKey(header) });
  }

  @Delete('/:member')
  async unfriend(
    @Caller() caller: TokenClaims,
    @Param('member', MemberParameter) member: string,
    @Headers(KEY_HEADER) header: string | undefined,
  ): Promise<SocialAcceptedBody> {
    return this.pairs.unfriend({ caller, member, key: idempotencyKey(header) });
  }
}
