import {
  CURSOR_HEADER,
  formatCursor,
  FRIENDS_RANKS,
  parseCursor,
  POLL_MS_HEADER,
  type FriendsCursor,
  type FriendsRank,
} from '@groundswell/protocol';
import type { TokenClaims } from '@groundswell/contracts';
import { bearerClaims, bearerToken, needRole, ProblemError, TokenVerifier } from '@groundswell/runtime';
import { Controller, Get, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { pollFriends, type Poll, type PollReply } from '../hub/friends-poll.js';
import { Pollers, type Refusal } from '../hub/pollers.js';
import type { Room } from '../intake/room.js';
import { Rooms } from '../intake/rooms.js';
import { roomOf } from './parameters.js';

/** Nobody else's: no cache in between may keep it. */
const PRIVATE = { 'Cache-Control': 'private, no-store' } as const;

type PollRequest = FastifyRequest<{
  Params: { event: string };
  Querystring: { after?: unknown; rank?: unknown; hide?: unknown };
}>;

/**
 * Friends for those who poll (F1): what follows `?after=<epoch>.<seq>`, or a snapshot ranked as `?rank=` says; with `?hide=`, also
 * whom to hide when the list is not of that version. Who has asked lately, with the same token, is answered in the same turn: a guard and a decorator for each parameter, all of them
 * awaited, would cost as much as all the rest of an empty answer.
 */
@Controller('/v1/events/:event/friends')
export class FriendsController {
  constructor(
    private readonly rooms: Rooms,
    private readonly pollers: Pollers,
    private readonly verifier: TokenVerifier,
  ) {}

  @Get()
  poll(@Req() request: PollRequest, @Res() reply: FastifyReply): void | Promise<void> {
    const token = bearerToken(request.headers.authorization ?? '');
    const claims = token === undefined ? undefined : this.verifier.recall(token);
    if (!claims) return this.signIn(request, reply);
    return this.answer(request, reply, claims);
  }

  private async signIn(request: PollRequest, reply: FastifyReply): Promise<void> {
    await this.answer(request, reply, await bearerClaims(this.verifier, request.headers.authorization));
  }

  private answer({ params, query }: PollRequest, reply: FastifyReply, claims: TokenClaims): void | Promise<void> {
    needRole(claims, ['member']);
    const room = roomOf(this.rooms, params.event);
    const poll: Poll = { after: cursorIn(query.after), rank: rankIn(query.rank), ...hideIn(query.hide) };
    const inbox = this.pollers.find(room, claims.sub);
    if (!inbox) return this.begin(room, { member: claims.sub, poll, reply });
    const told = pollFriends(room, inbox, poll);
    if (told instanceof Promise) return this.sendLater(room, told, reply);
    send(reply, told, room.levers()['poll.interval_ms']);
  }

  private async sendLater(room: Room, told: Promise<PollReply | undefined>, reply: FastifyReply): Promise<void> {
    const snapshot = await told;
    // Positions of a room that was replaced mean nothing any more.
    if (!snapshot || this.rooms.get(room.event) !== room) throw refusal('closed');
    send(reply, snapshot, room.levers()['poll.interval_ms']);
  }

  /** The first poll for a while. */
  private async begin(
    room: Room,
    { member, poll, reply }: { member: string; poll: Poll; reply: FastifyReply },
  ): Promise<void> {
    const inbox = await this.pollers.open(room, member);
    if (typeof inbox === 'string') throw refusal(inbox);
    await this.sendLater(room, Promise.resolve(pollFriends(room, inbox, poll)), reply);
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
  void reply
    .header('Cache-Control', PRIVATE['Cache-Control'])
    .header(CURSOR_HEADER, formatCursor(told.cursor))
    .header(POLL_MS_HEADER, String(pollMs));
  if (told.kind === 'nothing') return void reply.status(204).send();
  void reply.type('application/json; charset=utf-8').send(bodyOf(told, pollMs));
}

function bodyOf(told: Exclude<PollReply, { kind: 'nothing' }>, pollMs: number): string | Buffer {
  if (told.kind === 'items') {
    const { json, cursor, more, hide } = told;
    const rest = JSON.stringify({ next: cursor, more, pollMs, ...(hide ? { hide } : {}) }).slice(1);
    return `{"t":"items","items":[${json.join(',')}],${rest}`;
  }
  const { reset, hide } = told;
  if (!reset && !hide) return told.json;
  const first = JSON.stringify({ ...(reset ? { reset } : {}), ...(hide ? { hide } : {}) }).slice(0, -1);
  return Buffer.concat([Buffer.from(`${first},`), told.json.subarray(1)]);
}

function hideIn(text: unknown): { hide?: string } {
  if (text === undefined) return {};
  if (typeof text !== 'string') throw invalid('"hide" is a version as a reply gave it, or empty.');
  return { hide: text };
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
