import { Public } from '@groundswell/runtime';
import { Controller, Get, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { HEALTH } from '../injection.js';
import type { HealthView } from './health-view.js';

@Public()
@Controller()
export class HealthController {
  constructor(@Inject(HEALTH) private readonly view: () => Promise<HealthView>) {}

  /** 200 as long as the process answers at all: what does not is to be started anew. */
  @Get('/live')
  live(@Res() reply: FastifyReply): void {
    void reply.header('Cache-Control', 'no-store').send({ live: true });
  }

  /** 200 when NATS and Redis can be reached; else 503: nothing is worked off. */
  @Get('/ready')
  async ready(@Res() reply: FastifyReply): Promise<void> {
    const view = await this.view();
    void reply
      .status(view.ready ? 200 : 503)
      .header('Cache-Control', 'no-store')
      .send(view);
  }
}
