import type { Levers } from '@groundswell/levers';
import { createLog } from '@groundswell/runtime';
import { EPOCH, ScriptedEvent } from '../intake/scripted-event.js';
import { HouseKeeping, PING_ROUNDS, ROUND_S } from './house-keeping.js';
import { PaperSocket } from './paper-socket.js';

function setUp(levers: Partial<Levers> = {}) {
  const event = new ScriptedEvent(levers);
  const { room, clock, time } = event;
  const sockets = [0, 1].map((id) => new PaperSocket(id));
  for (const { connection } of sockets) room.everyone.attach(connection, { epoch: EPOCH, n: 0 });
  const log = createLog('spec', 'silent');
  const live = sockets.map(({ connection }) => [connection, room] as const);
  const slice = (index: number) => live.filter(([{ id }]) => id % ROUND_S === index);
  const keeping = new HouseKeeping({ clock, log, slice });
  const rounds = (count: number) => {
    for (let second = 0; second < count * ROUND_S; second++) keeping.turn();
  };
  return { event, sockets, time, keeping, rounds };
}

describe('HouseKeeping', () => {
  it('W3: sends each socket a mark once a round, a second after its own when nothing is said', () => {
    const { sockets, keeping } = setUp();
    const seconds = Array.from({ length: ROUND_S }, () => {
      keeping.turn();
      return sockets.map((socket) => socket.take().length);
    });
    expect([seconds[0], seconds[1]]).toEqual([
      [0, 0],
      [0, 1],
    ]);
    keeping.turn();
    expect(sockets.map((socket) => socket.take().map(({ t }) => t))).toEqual([['mark'], []]);
    expect(seconds.flat().reduce((sum, count) => sum + count)).toBe(1);
  });

  it('W3: sends the mark in one write with a segment, after it, when there is one', async () => {
    const { event, sockets, keeping } = setUp();
    keeping.turn();
    await event.segments(1);
    expect(sockets[1]!.take()).toMatchObject([
      { t: 'seg', n: 1 },
      { t: 'mark', tab: 'everyone', cursor: { n: 1 }, count: 1 },
    ]);
    expect(sockets[0]!.take()).toMatchObject([{ t: 'seg' }]);
    keeping.turn();
    expect(sockets[1]!.take()).toEqual([]);
  });

  it('pings now and then, in one write with the mark', () => {
    const { sockets, rounds, keeping } = setUp();
    rounds(PING_ROUNDS);
    keeping.turn();
    expect(sockets.map(({ pings, buffers }) => [pings, buffers.length])).toEqual([
      [1, PING_ROUNDS],
      [1, PING_ROUNDS],
    ]);
  });

  it('ends those that did not answer the last ping', () => {
    const { sockets, rounds } = setUp();
    const [deaf, well] = sockets;
    rounds(PING_ROUNDS);
    well!.connection.silent = false;
    expect(deaf!.terminated).toBe(false);
    rounds(PING_ROUNDS);
    expect([deaf!.terminated, well!.terminated]).toEqual([true, false]);
  });

  it('sends those away whose token has run out', () => {
    const { sockets, time, rounds } = setUp();
    sockets[0]!.connection.tokenEndsAt = 5;
    time.now = 5;
    rounds(1);
    expect(sockets[0]!.take()).toEqual([{ t: 'bye', code: 'expired', afterMs: 0 }]);
    expect(sockets[0]!.closes.map(({ code }) => code)).toEqual([4401]);
    expect(sockets[1]!.closes).toEqual([]);
  });

  it('sends away whose socket has lived long enough, to come back in a moment', () => {
    const { sockets, time, rounds } = setUp({ 'socket.max_lifetime_s': 100 });
    sockets[1]!.connection.openedAtS = 50;
    time.now = 101_000;
    rounds(1);
    expect(sockets[0]!.take()).toEqual([{ t: 'bye', code: 'lifetime', afterMs: expect.any(Number) }]);
    expect(sockets.map(({ closes }) => closes.map(({ code }) => code))).toEqual([[1001], []]);
  });

  it('sends a share of those without Friends to poll, always the same', () => {
    const levers = { 'socket.to_poll_bp': 10_000 };
    const { sockets, rounds } = setUp(levers);
    sockets[1]!.connection.friends = true;
    rounds(1);
    expect(sockets[0]!.take()).toEqual([{ t: 'bye', code: 'poll', afterMs: expect.any(Number) }]);
    expect(sockets[1]!.closes).toEqual([]);
    levers['socket.to_poll_bp'] = 0;
    const other = setUp(levers);
    other.rounds(1);
    expect(other.sockets.flatMap(({ closes }) => closes)).toEqual([]);
  });
});
