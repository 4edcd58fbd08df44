import { Public } from '@groundswell/runtime';
import { Controller, Get, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { HEALTH } from '../injection.js';

/** What an operator and a load balancer want to know. */
export interface HealthView {
  ready: boolean;
  node: string;
  sockets: number;
  /** Members who poll Friends. */
  pollers: number;
  bus: { up: boolean };
  store: { up: boolean };
  events: { event: string; n: number; position: number; viewers: number }[];
  opening: number;
}

@Public()
@Controller()
export class HealthController {
  constructor(@Inject(HEALTH) private readonly view: () => HealthView) {}

  /** 200 when every event on air has caught up and NATS can be reached; else 503: send nobody here. */
  @Get('/ready')
  ready(@Res() reply: FastifyReply): void {
    const view = this.view();
    void reply
      .status(view.ready ? 200 : 503)
      .header('Cache-Control', 'no-store')
      .send(view);
  }
}
