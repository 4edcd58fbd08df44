import { CreateEventCommand, EndEventCommand, eventView } from '@groundswell/contracts';
import type { EventView } from '@groundswell/protocol';
import { Needs, Public } from '@groundswell/runtime';
import { Body, Controller, Get, Header, Param, Patch, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { EventRegistry } from './event-registry.js';
import { EventParameter } from './parameters.js';

@Controller('/v1/events')
export class EventsController {
  constructor(private readonly events: EventRegistry) {}

  /** Newest first. */
  @Public()
  @Get()
  @Header('Cache-Control', 'no-store')
  list(): EventView[] {
    return this.events.all().map(eventView);
  }

  @Needs('operator')
  @Post()
  async create(
    @Body() command: CreateEventCommand,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<EventView> {
    const { record, created } = await this.events.create(command);
    void reply.status(created ? 201 : 200);
    return eventView(record);
  }

  @Needs('operator')
  @Patch('/:event')
  async end(@Param('event', EventParameter) event: string, @Body() _command: EndEventCommand): Promise<EventView> {
    return eventView(await this.events.end(event));
  }
}
