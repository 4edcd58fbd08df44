import { PutProfileCommand, TokenClaims } from '@groundswell/contracts';
import type { ProfileView, SocialAcceptedBody } from '@groundswell/protocol';
import { Caller } from '@groundswell/runtime';
import { Body, Controller, Get, Header, Headers, Put } from '@nestjs/common';
import { Profiles } from '../read/profiles.js';
import { ProfileWriter } from '../write/profile-writer.js';
import { idempotencyKey, KEY_HEADER } from './parameters.js';

/** The profile of the member who calls. */
@Controller('/v1/profile')
export class ProfileController {
  constructor(
    private readonly profiles: Profiles,
    private readonly writer: ProfileWriter,
  ) {}

  @Get()
  @Header('Cache-Control', 'private, no-store')
  async own(@Caller() caller: TokenClaims): Promise<ProfileView> {
    return this.profiles.own(caller);
  }

  @Put()
  async put(
    @Caller() caller: TokenClaims,
    @Headers(KEY_HEADER) header: string | undefined,
    @Body() command: PutProfileCommand,
  ): Promise<SocialAcceptedBody> {
    return this.writer.put(caller, idempotencyKey(header), command);
  }
}
