import { TokenClaims } from '@groundswell/contracts';
import type { NoticesView, PrivateExport } from '@groundswell/protocol';
import { Caller } from '@groundswell/runtime';
import { Controller, Delete, Get, Header, HttpCode } from '@nestjs/common';
import { MailViews } from '../read/mail-views.js';
import { PrivateExporter } from '../read/private-export.js';
import { Erasure } from '../write/erasure.js';

const PRIVATE = 'private, no-store';

/** What is kept of the caller that is nobody else's business: what they were told, all of it, and an end to it. */
@Controller('/v1')
export class PrivateController {
  constructor(
    private readonly mail: MailViews,
    private readonly exporter: PrivateExporter,
    private readonly erasure: Erasure,
  ) {}

  @Get('/notices')
  @Header('Cache-Control', PRIVATE)
  async notices(@Caller() caller: TokenClaims): Promise<NoticesView> {
    return this.mail.notices(caller.sub);
  }

  @Get('/private')
  @Header('Cache-Control', PRIVATE)
  async export(@Caller() caller: TokenClaims): Promise<PrivateExport> {
    return this.exporter.of(caller.sub);
  }

  @Delete('/private')
  @HttpCode(204)
  async erase(@Caller() caller: TokenClaims): Promise<void> {
    await this.erasure.erase(caller);
  }
}
