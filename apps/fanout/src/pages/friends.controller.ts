import {
  CURSOR_HEADER,
  formatCursor,
  FRIENDS_RANKS,
  parseCursor,
  POLL_MS_HEADER,
  type FriendsCursor,
  type FriendsRank,
} from '@groundswell/protocol';
import { TokenClaims } from '@groundswell/contracts';
import { Caller, ProblemError } from '@groundswell/runtime';
import { Controller, Get, Param, Query, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Inbox } from '../hub/inbox.js';
import { pollFriends, type Poll, type PollReply } from '../hub/friends-poll.js';
import { Pollers, type Refusal } from '../hub/pollers.js';
import type { Room } from '../intake/room.js';
import { Rooms } from '../intake/rooms.js';
import { MemberGuard } from './member-guard.js';
import { roomOf } from './parameters.js';

/** Nobody else's: no cache in between may keep it. */
const PRIVATE = { 'Cache-Control': 'private, no-store' } as const;

/** Friends for those who poll (F1). */
@UseGuards(MemberGuard)
@Controller('/v1/events/:event/friends')
export class FriendsController {
  constructor(
    private readonly rooms: Rooms,
    private readonly pollers: Pollers,
  ) {}

  /** What follows `?after=<epoch>.<seq>`, or a snapshot ranked as `?rank=` says. */
  @Get()
  async poll(
    @Param('event') event: string,
    @Caller() { sub }: TokenClaims,
    @Query('after') after: unknown,
    @Query('rank') rank: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const room = roomOf(this.rooms, event);
    const poll: Poll = { after: cursorIn(after), rank: rankIn(rank) };
    const inbox = this.pollers.find(room, sub) ?? (await this.inboxOf(room, sub));
    send(reply, pollFriends(room, inbox, poll), room.levers()['poll.interval_ms']);
  }

  private async inboxOf(room: Room, member: string): Promise<Inbox> {
    const inbox = await this.pollers.open(room, member);
    if (typeof inbox === 'string') throw refusal(inbox);
    return inbox;
  }
}

function refusal(why: Refusal): ProblemError {
  if (why === 'full') {
    const headers = { ...PRIVATE, 'Retry-After': '30' };
    return new ProblemError('transport_off', 'Too many viewers poll Friends here: try again later.', { headers });
  }
  const headers = { ...PRIVATE, 'Retry-After': '1' };
  return new ProblemError('view_behind', 'Your list of friends is being read: ask again.', { headers });
}

function send(reply: FastifyReply, told: PollReply, pollMs: number): void {
  void reply.headers({
    ...PRIVATE,
    [CURSOR_HEADER]: formatCursor(told.cursor),
    [POLL_MS_HEADER]: String(pollMs),
  });
  if (told.kind === 'nothing') return void reply.status(204).send();
  void reply.type('application/json; charset=utf-8').send(bodyOf(told, pollMs));
}

function bodyOf(told: Exclude<PollReply, { kind: 'nothing' }>, pollMs: number): string | Buffer {
  if (told.kind === 'items') {
    const { json, cursor, more } = told;
    const next = JSON.stringify(cursor);
    return `{"t":"items","items":[${json.join(',')}],"next":${next},"more":${more},"pollMs":${pollMs}}`;
  }
  if (!told.reset) return told.json;
  return Buffer.concat([Buffer.from(`{"reset":"${told.reset}",`), told.json.subarray(1)]);
}

function cursorIn(text: unknown): FriendsCursor | undefined {
  if (text === undefined || text === '') return undefined;
  const cursor = typeof text === 'string' ? parseCursor(text) : undefined;
  if (!cursor) throw invalid('"after" is <epoch>.<seq>, two whole numbers, as a reply gave it.');
  return { epoch: cursor.epoch, seq: cursor.position };
}

function rankIn(text: unknown): FriendsRank {
  if (text === undefined) return 'latest';
  const rank = FRIENDS_RANKS.find((known) => known === text);
  if (!rank) throw invalid(`"rank" is one of ${FRIENDS_RANKS.join(', ')}.`);
  return rank;
}

function invalid(detail: string): ProblemError {
  return new ProblemError('invalid_parameter', detail, { headers: PRIVATE });
}
