import { PutAddressCommand, PutLettersCommand, TokenClaims } from '@groundswell/contracts';
import type { MailView, SocialAcceptedBody } from '@groundswell/protocol';
import { Caller } from '@groundswell/runtime';
import { Body, Controller, Delete, Get, Header, Headers, Put } from '@nestjs/common';
import { MailViews } from '../read/mail-views.js';
import { Mailbox } from '../write/mailbox.js';
import { idempotencyKey, KEY_HEADER } from './parameters.js';

/** Where and when the caller is written to. */
@Controller('/v1/mail')
export class MailController {
  constructor(
    private readonly mailbox: Mailbox,
    private readonly views: MailViews,
  ) {}

  @Get()
  @Header('Cache-Control', 'private, no-store')
  async own(@Caller() caller: TokenClaims): Promise<MailView> {
    return this.views.mail(caller.sub);
  }

  @Put('/address')
  async putAddress(
    @Caller() caller: TokenClaims,
    @Headers(KEY_HEADER) header: string | undefined,
    @Body() { address }: PutAddressCommand,
  ): Promise<SocialAcceptedBody> {
    return this.mailbox.put(caller, address, idempotencyKey(header));
  }

  @Delete('/address')
  async removeAddress(
    @Caller() caller: TokenClaims,
    @Headers(KEY_HEADER) header: string | undefined,
  ): Promise<SocialAcceptedBody> {
    return this.mailbox.remove(caller, idempotencyKey(header));
  }

  @Put('/letters')
  async putLetters(
    @Caller() caller: TokenClaims,
    @Headers(KEY_HEADER) header: string | undefined,
    @Body() { rhythm, timeZone, hour, quiet: { from, to } }: PutLettersCommand,
  ): Promise<SocialAcceptedBody> {
    return this.mailbox.letters(caller, { rhythm, timeZone, hour, quiet: { from, to } }, idempotencyKey(header));
  }
}
