import { paths, type TimeBody } from '@groundswell/protocol';
import { ProblemError, Public, type Clock } from '@groundswell/runtime';
import { Controller, Get, Header, Inject, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { CLOCK } from '../injection.js';
import type { Room } from '../intake/room.js';
import { Rooms } from '../intake/rooms.js';
import { NO_STORE, sendSealed } from './caching.js';
import { headText, SLOT_MS } from './head.js';
import { numberIn, roomOf } from './parameters.js';

/** How long a request for what is about to be sealed is held. */
const HOLD_MS = 2000;

/** Pages with a number: their name in `Surrogate-Key`, and their text as long as it is held. */
const SEALED = {
  segments: { name: 'seg', textOf: ({ frames }: Room, n: number) => frames.segmentText(n) },
  snapshots: { name: 'snap', textOf: ({ frames }: Room, n: number) => frames.snapshotText(n) },
} as const;

function isSealedKind(kind: string): kind is keyof typeof SEALED {
  return Object.hasOwn(SEALED, kind);
}

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
    const current = numberIn(slotMs, 'slotMs') === SLOT_MS && numberIn(slot, 'slot') <= Math.floor(now / SLOT_MS);
    void reply
      .header('Cache-Control', current ? 'public, max-age=0, s-maxage=1' : 'no-store')
      .type('application/json; charset=utf-8')
      .send(headText(room, now));
  }

  @Get('/events/:event/:epoch/:kind/:n')
  async sealed(
    @Param() { event, epoch, kind, n: number }: { event: string; epoch: string; kind: string; n: string },
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (!isSealedKind(kind))
      throw new ProblemError('not_found', 'There are segments and snapshots.', { headers: NO_STORE });
    const room = roomOf(this.rooms, event);
    const n = await this.sealedNumber(room, epoch, number);
    const { name, textOf } = SEALED[kind];
    const text = textOf(room, n);
    if (text === undefined) throw gone(room);
    sendSealed(reply, event, name, { n, text });
  }

  /** The number of a page that is sealed, after holding the request for one that is about to be. */
  private async sealedNumber(room: Room, epochText: string, text: string): Promise<number> {
    const n = numberIn(text, 'the number of a page');
    const epoch = numberIn(epochText, 'the epoch');
    if (epoch < room.frames.head.epoch) throw gone(room);
    if (epoch === room.frames.head.epoch && n === room.frames.head.n + 1) await room.sealed(n, HOLD_MS);
    if (epoch !== room.frames.head.epoch || n > room.frames.head.n) {
      throw new ProblemError('not_sealed', 'This page does not exist yet: ask again.', {
        headers: { ...NO_STORE, 'Retry-After': '1' },
      });
    }
    return n;
  }
}

function gone({ event, frames }: Room): ProblemError {
  const { epoch, n } = frames.head;
  return new ProblemError('gone', `Start again from the newest snapshot, ${paths.snapshot(event, epoch, n)}.`, {
    headers: { ...NO_STORE, Link: `<${paths.snapshot(event, epoch, n)}>; rel="latest-version"` },
  });
}
