import { PutAccountCommand, TokenClaims } from '@groundswell/contracts';
import type { AccountsView, RemoteProvider, SocialAcceptedBody } from '@groundswell/protocol';
import { Caller } from '@groundswell/runtime';
import { Body, Controller, Delete, Get, Header, Headers, Param, Put } from '@nestjs/common';
import { RelationshipViews } from '../read/relationship-views.js';
import { Accounts } from '../write/accounts.js';
import { idempotencyKey, KEY_HEADER, ProviderParameter } from './parameters.js';

/** Who the caller is in other networks. */
@Controller('/v1/accounts')
export class AccountsController {
  constructor(
    private readonly accounts: Accounts,
    private readonly views: RelationshipViews,
  ) {}

  @Get()
  @Header('Cache-Control', 'private, no-store')
  async list(@Caller() caller: TokenClaims): Promise<AccountsView> {
    return this.views.accounts(caller.sub);
  }

  @Put('/:provider')
  async connect(
    @Caller() caller: TokenClaims,
    @Param('provider', ProviderParameter) provider: RemoteProvider,
    @Headers(KEY_HEADER) header: string | undefined,
    @Body() body: PutAccountCommand,
  ): Promise<SocialAcceptedBody> {
    return this.accounts.connect({ caller, provider, key: idempotencyKey(header) }, body);
  }

  @Delete('/:provider')
  async disconnect(
    @Caller() caller: TokenClaims,
    @Param('provider', ProviderParameter) provider: RemoteProvider,
    @Headers(KEY_HEADER) header: string | undefined,
  ): Promise<SocialAcceptedBody> {
    return this.accounts.disconnect({ caller, provider, key: idempotencyKey(header) });
  }
}
