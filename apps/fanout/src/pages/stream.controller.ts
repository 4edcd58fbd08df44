import { parseCursor, type EveryoneCursor } from '@groundswell/protocol';
import { ProblemError, Public } from '@groundswell/runtime';
import { Controller, Get, Headers, Param, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Rooms } from '../intake/rooms.js';
import { NO_STORE } from './caching.js';
import { roomOf } from './parameters.js';

/** Everyone as server-sent events, for those whose networks let no socket through. */
@Public()
@Controller('/v1/events/:event/stream')
export class StreamController {
  constructor(private readonly rooms: Rooms) {}

  /** Goes on after `Last-Event-ID`, which a browser sends when it comes back, or after `?after=`, both `<epoch>.<n>`. */
  @Get()
  stream(
    @Param('event') event: string,
    @Headers('last-event-id') last: string | undefined,
    @Query('after') after: string | undefined,
    @Res() reply: FastifyReply,
  ): void {
    const room = roomOf(this.rooms, event);
    const cursor = cursorIn(last ?? after);
    const { 'sse.enabled': enabled, 'sse.max_per_node': most } = room.levers();
    const open = [...this.rooms].reduce((sum, { streams }) => sum + streams.size, 0);
    if (!enabled || open >= most) {
      throw new ProblemError('transport_off', 'Poll instead, or try again later.', {
        headers: { ...NO_STORE, 'Retry-After': '30' },
      });
    }
    reply.hijack();
    reply.raw.writeHead(200, {
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-store',
      // Proxies of the nginx kind would hold events back until a buffer is full.
      'X-Accel-Buffering': 'no',
    });
    room.streams.open(reply.raw, cursor);
  }
}

function cursorIn(text: string | undefined): EveryoneCursor | undefined {
  if (text === undefined || text === '') return undefined;
  const cursor = parseCursor(text);
  if (!cursor) {
    throw new ProblemError('invalid_parameter', 'A cursor is <epoch>.<n>, two whole numbers.', { headers: NO_STORE });
  }
  return { epoch: cursor.epoch, n: cursor.position };
}
