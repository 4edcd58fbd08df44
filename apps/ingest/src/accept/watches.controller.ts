import { PutWatchDelayCommand, TokenClaims } from '@groundswell/contracts';
import type { SocialAcceptedBody, WatchesView } from '@groundswell/protocol';
import { Caller } from '@groundswell/runtime';
import { Body, Controller, Delete, Get, Header, Headers, Param, Put } from '@nestjs/common';
import { RelationshipViews } from '../read/relationship-views.js';
import { Watches } from '../write/watches.js';
import { idempotencyKey, KEY_HEADER, MemberParameter } from './parameters.js';

/** Whose relationship the caller wants to be told of. */
@Controller('/v1/watches')
export class WatchesController {
  constructor(
    private readonly watchList: Watches,
    private readonly views: RelationshipViews,
  ) {}

  @Get()
  @Header('Cache-Control', 'private, no-store')
  async list(@Caller() caller: TokenClaims): Promise<WatchesView> {
    return this.views.watches(caller.sub);
  }

  @Put('/:member')
  async watch(
    @Caller() caller: TokenClaims,
    @Param('member', MemberParameter) member: string,
    @Headers(KEY_HEADER) header: string | undefined,
  ): Promise<SocialAcceptedBody> {
    return this.watchList.watch({ caller, member, key: idempotencyKey(header) });
  }

  @Put('/:member/delay')
  async delay(
    @Caller() caller: TokenClaims,
    @Param('member', MemberParameter) member: string,
    @Headers(KEY_HEADER) header: string | undefined,
    @Body() { delay }: PutWatchDelayCommand,
  ): Promise<SocialAcceptedBody> {
    return this.watchList.delay({ caller, member, key: idempotencyKey(header) }, delay);
  }

  @Delete('/:member')
  async unwatch(
    @Caller() caller: TokenClaims,
    @Param('member', MemberParameter) member: string,
    @Headers(KEY_HEADER) header: string | undefined,
  ): Promise<SocialAcceptedBody> {
    return this.watchList.unwatch({ caller, member, key: idempotencyKey(header) });
  }
}
