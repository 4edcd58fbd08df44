import { Controller, Get, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { Public } from './auth.js';

/** An empty registry with what every process tells: CPU, memory, event loop, collections. All bear the node's name. */
export function createMetrics(labels: { app: string; node: string }): Registry {
  const registry = new Registry();
  registry.setDefaultLabels(labels);
  collectDefaultMetrics({ register: registry });
  return registry;
}

/** `GET /metrics`, in the text format of Prometheus. Provide a `Registry`. */
@Public()
@Controller()
export class MetricsController {
  constructor(private readonly registry: Registry) {}

  @Get('/metrics')
  async metrics(@Res() reply: FastifyReply): Promise<void> {
    const text = await this.registry.metrics();
    await reply.headers({ 'Content-Type': this.registry.contentType, 'Cache-Control': 'no-store' }).send(text);
  }
}
