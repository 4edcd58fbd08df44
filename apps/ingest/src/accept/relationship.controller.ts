import { PutConsentCommand, PutRelationshipCommand, TokenClaims } from '@groundswell/contracts';
import type { ConsentView, RelationshipView, SocialAcceptedBody, WatchersView } from '@groundswell/protocol';
import { Caller } from '@groundswell/runtime';
import { Body, Controller, Delete, Get, Header, Headers, Param, Put } from '@nestjs/common';
import { RelationshipViews } from '../read/relationship-views.js';
import { Relationships } from '../write/relationships.js';
import { idempotencyKey, KEY_HEADER, MemberParameter } from './parameters.js';

const PRIVATE = 'private, no-store';

/** What the caller publishes of their relationship, and whom they let watch it. */
@Controller('/v1/relationship')
export class RelationshipController {
  constructor(
    private readonly relationships: Relationships,
    private readonly views: RelationshipViews,
  ) {}

  @Get()
  @Header('Cache-Control', PRIVATE)
  async own(@Caller() caller: TokenClaims): Promise<RelationshipView> {
    return this.views.own(caller.sub);
  }

  @Put()
  async put(
    @Caller() caller: TokenClaims,
    @Headers(KEY_HEADER) header: string | undefined,
    @Body() command: PutRelationshipCommand,
  ): Promise<SocialAcceptedBody> {
    return this.relationships.put(caller, command, idempotencyKey(header));
  }

  @Delete()
  async withdraw(
    @Caller() caller: TokenClaims,
    @Headers(KEY_HEADER) header: string | undefined,
  ): Promise<SocialAcceptedBody> {
    return this.relationships.withdraw(caller, idempotencyKey(header));
  }

  @Get('/consent')
  @Header('Cache-Control', PRIVATE)
  async consent(@Caller() caller: TokenClaims): Promise<ConsentView> {
    return this.views.consent(caller.sub);
  }

  @Put('/consent')
  async putConsent(
    @Caller() caller: TokenClaims,
    @Headers(KEY_HEADER) header: string | undefined,
    @Body() { mode }: PutConsentCommand,
  ): Promise<SocialAcceptedBody> {
    return this.relationships.consent(caller, mode, idempotencyKey(header));
  }

  @Get('/watchers')
  @Header('Cache-Control', PRIVATE)
  async watchers(@Caller() caller: TokenClaims): Promise<WatchersView> {
    return this.views.watchers(caller.sub);
  }

  @Put('/watchers/:member')
  async allow(
    @Caller() caller: TokenClaims,
    @Param('member', MemberParameter) watcher: string,
    @Headers(KEY_HEADER) header: string | undefined,
  ): Promise<SocialAcceptedBody> {
    return this.relationships.answer(caller, { watcher, allowed: true, key: idempotencyKey(header) });
  }

  @Delete('/watchers/:member')
  async refuse(
    @Caller() caller: TokenClaims,
    @Param('member', MemberParameter) watcher: string,
    @Headers(KEY_HEADER) header: string | undefined,
  ): Promise<SocialAcceptedBody> {
    return this.relationships.answer(caller, { watcher, allowed: false, key: idempotencyKey(header) });
  }
}
