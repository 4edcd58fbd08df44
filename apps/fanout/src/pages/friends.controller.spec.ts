import { jest } from '@jest/globals';
import { FRIENDS } from '@groundswell/social';
import type { TokenVerifier } from '@groundswell/runtime';
import type { FastifyReply } from 'fastify';
import type { ReadSides } from '../graph/graph-in-force.js';
import { Pollers } from '../hub/pollers.js';
import { Rooms } from '../intake/rooms.js';
import { EPOCH, EVENT, ScriptedEvent } from '../intake/scripted-event.js';
import { FriendsController } from './friends.controller.js';

/** A controller with one room, a verifier that knows every token, and a reply that keeps what is sent. */
function setUp({ most = 10, ready = true } = {}) {
  const event = new ScriptedEvent();
  const rooms = new Rooms();
  rooms.add(event.room);
  const withGraph = jest.fn(async (_: unknown, __: string, use: (read: ReadSides) => void) => {
    if (ready) use({ sides: new Map([['ada', FRIENDS]]), asOf: 0 });
    return ready;
  });
  const verifier = {
    recall: (token: string) => ({ sub: token, exp: 1, roles: ['member'] }),
    verify: jest.fn(),
  };
  const pollers = new Pollers({ graphs: { withGraph }, clock: event.clock, most });
  const controller = new FriendsController(rooms, pollers, verifier as unknown as TokenVerifier);
  const sent = { status: 200, headers: {} as Record<string, string>, body: undefined as unknown };
  const reply = {
    status: (code: number) => ((sent.status = code), reply),
    header: (name: string, value: string) => ((sent.headers[name] = value), reply),
    type: () => reply,
    send: (body?: unknown) => ((sent.body = body), reply),
  };
  const poll = (member: string, query: object = {}) =>
    controller.poll(
      { params: { event: EVENT }, query, headers: { authorization: `Bearer ${member}` } } as never,
      reply as unknown as FastifyReply,
    );
  return { event, poll, sent, withGraph, verifier };
}

describe('FriendsController', () => {
  it('F1: answers who asks again in the same turn, without a look at the store or a signature', async () => {
    const { event, poll, sent, withGraph, verifier } = setUp();
    await event.status('ada');
    await poll('vera');
    expect([sent.status, withGraph.mock.calls.length]).toEqual([200, 1]);
    const first = sent.body;
    expect(poll('vera', { after: `${EPOCH}.1` })).toBeUndefined();
    expect([sent.status, sent.body]).toEqual([204, undefined]);
    expect(sent.headers).toEqual({
      'Cache-Control': 'private, no-store',
      'Groundswell-Cursor': `${EPOCH}.1`,
      'Groundswell-Poll-Ms': '5000',
    });
    expect(poll('vera')).toBeUndefined();
    const placeOf = ({ buffer, byteOffset }: Buffer) => [buffer, byteOffset] as const;
    const [[buffer, at], [kept, keptAt]] = [placeOf(sent.body as Buffer), placeOf(first as Buffer)];
    expect(buffer).toBe(kept);
    expect(at).toBe(keptAt);
    expect([withGraph.mock.calls.length, verifier.verify.mock.calls.length]).toEqual([1, 0]);
  });

  it('turns newcomers away when the node is full, and says when to come back', async () => {
    const { poll } = setUp({ most: 0 });
    await expect(poll('vera')).rejects.toMatchObject({ code: 'transport_off', headers: { 'Retry-After': '30' } });
  });

  it('asks to come back soon when the list of friends is not to be had', async () => {
    const { poll } = setUp({ ready: false });
    await expect(poll('vera')).rejects.toMatchObject({ code: 'view_behind', headers: { 'Retry-After': '1' } });
  });
});
