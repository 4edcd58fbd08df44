import { Public } from '@groundswell/runtime';
import { Controller, Get, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { HEALTH } from '../injection.js';
import type { ViewState } from '../project/projectors.js';

/** What an operator and a load balancer want to know. */
export interface HealthView {
  ready: boolean;
  node: string;
  bus: { up: boolean };
  store: { up: boolean };
  views: ViewState[];
}

@Public()
@Controller()
export class HealthController {
  constructor(@Inject(HEALTH) private readonly view: () => Promise<HealthView>) {}

  /** 200 when commands can be taken: NATS can be reached. A view that is behind delays some of them. */
  @Get('/ready')
  async ready(@Res() reply: FastifyReply): Promise<void> {
    const view = await this.view();
    void reply
      .status(view.ready ? 200 : 503)
      .header('Cache-Control', 'no-store')
      .send(view);
  }
}
