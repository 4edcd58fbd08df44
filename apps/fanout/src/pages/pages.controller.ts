import { paths, type TimeBody } from '@groundswell/protocol';
import { ProblemError, Public, type Clock } from '@groundswell/runtime';
import { Controller, Get, Header, Inject, Param, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CLOCK } from '../injection.js';
import type { Room } from '../intake/room.js';
import { Rooms } from '../intake/rooms.js';
import { NO_STORE, sendSealed } from './caching.js';
import { headText } from './head.js';
import { numberIn, roomOf } from './parameters.js';
import { sealedPage } from './sealed-pages.js';

/** How long a request for what is about to be sealed is held. */
const HOLD_MS = 2000;

/** Everyone as plain HTTP objects with addresses that any cache may keep. */
@Public()
@Controller('/v1')
export class PagesController {
  constructor(
    private readonly rooms: Rooms,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get('/time/:nonce')
  @Header('Cache-Control', 'no-store')
  time(): TimeBody {
    return { t: 'time', now: this.clock.now() };
  }

  @Get('/events/:event/head/:slotMs/:slot')
  head(
    @Param('event') event: string,
    @Param('slotMs') slotMs: string,
    @Param('slot') slot: string,
    @Res() reply: FastifyReply,
  ): void {
    const room = roomOf(this.rooms, event);
    const now = this.clock.now();
    // A slot to come, or of another length, must not be kept by a cache: it would be read again when its time comes.
    const inForce = room.levers()['head.slot_ms'];
    const current = numberIn(slotMs, 'slotMs') === inForce && numberIn(slot, 'slot') <= Math.floor(now / inForce);
    void reply
      .header('Cache-Control', current ? 'public, max-age=0, s-maxage=1' : 'no-store')
      .type('application/json; charset=utf-8')
      .send(headText(room, now));
  }

  @Get('/events/:event/:epoch/:kind/:n')
  async sealed(
    @Param() { event, epoch, kind, n: number }: { event: string; epoch: string; kind: string; n: string },
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const room = roomOf(this.rooms, event);
    const page = sealedPage(kind, number);
    if (!page) {
      const detail = 'There are segments/<n>, segments/<k>x8, segments/<k>x64, snapshots/<n> and authors/<k>.';
      throw new ProblemError('not_found', detail, { headers: NO_STORE });
    }
    await this.awaitSealed(room, epoch, page.last);
    const text = page.text(room);
    if (text === undefined) throw gone(room);
    sendSealed({ request, reply }, room, { text, keys: page.keys });
  }

  /** Holds a request for a page that is about to be sealed; throws for one that is not, or of another epoch. */
  private async awaitSealed(room: Room, epochText: string, last: number): Promise<void> {
    const epoch = numberIn(epochText, 'the epoch');
    if (epoch < room.frames.head.epoch) throw gone(room);
    if (epoch === room.frames.head.epoch && last === room.frames.head.n + 1) await room.sealed(last, HOLD_MS);
    if (epoch !== room.frames.head.epoch || last > room.frames.head.n) {
      throw new ProblemError('not_sealed', 'This page does not exist yet: ask again.', {
        headers: { ...NO_STORE, 'Retry-After': '1' },
      });
    }
  }
}

function gone({ event, frames }: Room): ProblemError {
  const { epoch, n } = frames.head;
  return new ProblemError('gone', `Start again from the newest snapshot, ${paths.snapshot(event, epoch, n)}.`, {
    headers: { ...NO_STORE, Link: `<${paths.snapshot(event, epoch, n)}>; rel="latest-version"` },
  });
}
