import { TokenClaims } from '@groundswell/contracts';
import type { FriendsView, SocialAcceptedBody } from '@groundswell/protocol';
import { Caller } from '@groundswell/runtime';
import { Controller, Delete, Get, Header, Headers, Param, Put } from '@nestjs/common';
import { Befriender } from '../write/befriender.js';
import { FriendLists } from '../write/friend-lists.js';
import { idempotencyKey, KEY_HEADER, MemberParameter } from './parameters.js';

/** Friendships of the member who calls. One stands when both have said PUT, and ends when either says DELETE. */
@Controller('/v1/friends')
export class FriendsController {
  constructor(
    private readonly befriender: Befriender,
    private readonly lists: FriendLists,
  ) {}

  @Get()
  @Header('Cache-Control', 'private, no-store')
  async list(@Caller() caller: TokenClaims): Promise<FriendsView> {
    return this.lists.of(caller.sub);
  }

  @Put('/:member')
  async befriend(
    @Caller() caller: TokenClaims,
    @Param('member', MemberParameter) member: string,
    @Headers(KEY_HEADER) header: string | undefined,
  ): Promise<SocialAcceptedBody> {
    return this.befriender.say({ caller, member, on: true, key: idempotencyKey(header) });
  }

  @Delete('/:member')
  async unfriend(
    @Caller() caller: TokenClaims,
    @Param('member', MemberParameter) member: string,
    @Headers(KEY_HEADER) header: string | undefined,
  ): Promise<SocialAcceptedBody> {
    return this.befriender.say({ caller, member, on: false, key: idempotencyKey(header) });
  }
}
