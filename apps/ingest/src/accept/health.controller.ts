import { Public } from '@groundswell/runtime';
import { Controller, Get, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { HEALTH } from '../injection.js';

/** What an operator and a load balancer want to know. */
export interface HealthView {
  ready: boolean;
  node: string;
  bus: { up: boolean };
  store: { up: boolean };
  views: { log: string; caughtUp: boolean; alarm?: string }[];
}

@Public()
@Controller()
export class HealthController {
  constructor(@Inject(HEALTH) private readonly view: () => HealthView) {}

  /** 200 when commands can be taken: NATS can be reached. A view that is behind delays some of them. */
  @Get('/ready')
  ready(@Res() reply: FastifyReply): void {
    const view = this.view();
    void reply
      .status(view.ready ? 200 : 503)
      .header('Cache-Control', 'no-store')
      .send(view);
  }
}
