import { PostChosenCommand, PutWatchDelayCommand, TokenClaims } from '@groundswell/contracts';
import type { RemoteProvider, SocialAcceptedBody } from '@groundswell/protocol';
import { Caller } from '@groundswell/runtime';
import { Body, Controller, Delete, Headers, HttpCode, Param, Post, Put } from '@nestjs/common';
import { RemoteWatches } from '../write/remote-watches.js';
import { idempotencyKey, KEY_HEADER, ProviderParameter } from './parameters.js';

/** Whom the caller watches in other networks. */
@Controller('/v1/watches/:provider')
export class RemoteWatchesController {
  constructor(private readonly remote: RemoteWatches) {}

  @Post()
  @HttpCode(200)
  async watch(
    @Caller() caller: TokenClaims,
    @Param('provider', ProviderParameter) provider: RemoteProvider,
    @Headers(KEY_HEADER) header: string | undefined,
    @Body() { subjects }: PostChosenCommand,
  ): Promise<SocialAcceptedBody> {
    return this.remote.watch({ caller, provider, subjects, key: idempotencyKey(header) });
  }

  @Put('/:subject/delay')
  async delay(
    @Caller() caller: TokenClaims,
    @Param('provider', ProviderParameter) provider: RemoteProvider,
    @Param('subject') subject: string,
    @Headers(KEY_HEADER) header: string | undefined,
    @Body() { delay }: PutWatchDelayCommand,
  ): Promise<SocialAcceptedBody> {
    return this.remote.delay({ caller, provider, subject, key: idempotencyKey(header) }, delay);
  }

  @Delete('/:subject')
  async unwatch(
    @Caller() caller: TokenClaims,
    @Param('provider', ProviderParameter) provider: RemoteProvider,
    @Param('subject') subject: string,
    @Headers(KEY_HEADER) header: string | undefined,
  ): Promise<SocialAcceptedBody> {
    return this.remote.unwatch({ caller, provider, subject, key: idempotencyKey(header) });
  }
}
