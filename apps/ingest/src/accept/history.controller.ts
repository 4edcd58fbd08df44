import { TokenClaims } from '@groundswell/contracts';
import { isPosition, type HistoryBody, type ThreadBody } from '@groundswell/protocol';
import { MaybeCaller, Open, ProblemError } from '@groundswell/runtime';
import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { History } from '../read/history.js';
import { Items } from '../write/items.js';
import { EventRegistry } from './event-registry.js';
import { EventParameter, ItemParameter } from './parameters.js';

const LIMIT = { usual: 30, most: 100 };

/** Long enough to spare the views, short enough for a takedown. */
const SHARED = 'public, max-age=5';
const PRIVATE = 'private, no-store';
const NO_STORE = 'no-store';

/** What was said: public statuses for everybody, those of friends for who may see them. */
@Open()
@Controller('/v1/events/:event/statuses')
export class HistoryController {
  constructor(
    private readonly events: EventRegistry,
    private readonly items: Items,
    private readonly history: History,
  ) {}

  @Get()
  async statuses(
    @Param('event', EventParameter) event: string,
    @Query('before') before: string | undefined,
    @Query('limit') limit: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<HistoryBody> {
    this.events.known(event);
    const page = { event, before: position(before), limit: limitOf(limit) };
    const body = await this.history.statuses(page);
    void reply.header('Cache-Control', SHARED);
    return body;
  }

  @Get('/:status')
  async thread(
    @MaybeCaller() caller: TokenClaims | undefined,
    @Param('event', EventParameter) event: string,
    @Param('status', ItemParameter) status: string,
    @Query('before') before: string | undefined,
    @Query('limit') limit: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ThreadBody> {
    // Before anything is looked up: a refusal depends on who asks, too.
    void reply.header('Cache-Control', caller ? PRIVATE : NO_STORE).header('Vary', 'Authorization');
    this.events.known(event);
    const page = { event, before: position(before), limit: limitOf(limit) };
    const story = await this.items.readable(caller?.sub, event, status);
    const body = await this.history.thread(story, page);
    // What a visitor gets, anybody may have.
    if (!caller) void reply.header('Cache-Control', SHARED);
    return body;
  }
}

function position(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = /^\d{1,16}$/.test(text) ? Number(text) : NaN;
  if (!isPosition(value) || value === 0) {
    throw new ProblemError('invalid_parameter', '"before" is a position of the log: take it from the page before.');
  }
  return value;
}

function limitOf(text: string | undefined): number {
  if (text === undefined) return LIMIT.usual;
  const value = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (value < 1 || value > LIMIT.most) {
    throw new ProblemError('invalid_parameter', `"limit" is a number from 1 to ${LIMIT.most}.`);
  }
  return value;
}
