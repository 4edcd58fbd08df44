import { jest } from '@jest/globals';
import { SUBPROTOCOL, type HelloMessage } from '@groundswell/protocol';
import { createLog, type TokenVerifier } from '@groundswell/runtime';
import { EventEmitter } from 'node:events';
import type { IncomingMessage } from 'node:http';
import type { WebSocket } from 'ws';
import type { GraphSource } from '../graph/graph-source.js';
import type { ReadSides } from '../graph/graph-in-force.js';
import { decodeFrames } from '../hub/paper-socket.js';
import { Rooms } from '../intake/rooms.js';
import { EVENT, ScriptedEvent } from '../intake/scripted-event.js';
import { Gateway } from './gateway.js';
import { Sockets } from './sockets.js';

/** A gateway with one room, and a client of which everything that it is sent is kept. */
function setUp() {
  const { room, clock } = new ScriptedEvent();
  const rooms = new Rooms();
  rooms.add(room);
  const written: Buffer[] = [];
  const closes: number[] = [];
  const stream = Object.assign(new EventEmitter(), {
    writableNeedDrain: false,
    write: (frame: Buffer) => void written.push(frame),
  });
  const pongs: Buffer[] = [];
  const client = Object.assign(new EventEmitter(), {
    OPEN: 1,
    readyState: 1,
    protocol: SUBPROTOCOL,
    close: (code: number) => void closes.push(code),
    pong: (data: Buffer) => void pongs.push(data),
  });
  /** Whether the graph can be read. */
  const view = { ready: true };
  /** What the graph source does between hello and the graph. */
  const between = { run: () => undefined as void };
  const graphs = {
    withGraph: async (_room: unknown, _member: string, use: (read: ReadSides) => void) => {
      between.run();
      if (view.ready) use({ sides: new Map(), asOf: 0 });
      return view.ready;
    },
  };
  const verifier = { verify: async () => ({ sub: 'vera', exp: 1000 }) };
  const gateway = new Gateway(
    rooms,
    new Sockets(clock, 1),
    graphs as unknown as GraphSource,
    verifier as unknown as TokenVerifier,
    clock,
    createLog('spec', 'silent'),
    'a',
    () => false,
  );
  gateway.handleConnection(client as unknown as WebSocket, { socket: stream } as unknown as IncomingMessage);
  const frames = () => decodeFrames(Buffer.concat(written)).map(({ t }) => t);
  const hello = (tabs: Partial<HelloMessage> = { friends: null }) =>
    gateway.hello(client as unknown as WebSocket, { event: EVENT, token: 'x', ...tabs });
  const leave = () => gateway.handleDisconnect(client as unknown as WebSocket);
  return {
    view,
    leave,
    written,
    rooms,
    room,
    stream,
    client,
    gateway,
    between,
    frames,
    closes,
    pongs,
    hello,
  };
}

describe('Gateway', () => {
  it('welcomes a member', async () => {
    const { hello, frames } = setUp();
    await hello();
    expect(frames()).toEqual(['welcome', 'hide', 'snap']);
  });

  it('W9: tells a member whom to hide, also who wants Everyone alone, in one write with the welcome', async () => {
    const { hello, leave, frames, written, room } = setUp();
    await hello({ everyone: null });
    expect(frames()).toEqual(['welcome', 'hide', 'snap']);
    expect(written).toHaveLength(2);
    expect(room.index.size).toBe(1);
    leave();
    expect(room.index.size).toBe(0);
  });

  it('gives Everyone to a member whose graph cannot be read, and sends away who wants Friends', async () => {
    const everyone = setUp();
    everyone.view.ready = false;
    await everyone.hello({ everyone: null });
    expect(everyone.frames()).toEqual(['welcome', 'snap']);
    everyone.leave();
    const both = setUp();
    both.view.ready = false;
    await both.hello({ everyone: null, friends: null });
    expect([both.frames(), both.closes]).toEqual([['error'], [4503]]);
  });

  it('ranks Friends as the hello says', async () => {
    const { hello, room } = setUp();
    const snapshot = jest.spyOn(room.friendsFrames, 'snapshot');
    await hello({ friends: null, rank: 'top' });
    expect(snapshot.mock.calls).toEqual([['vera', 'top']]);
  });

  it('sends a viewer away whose room was replaced while the graph was read', async () => {
    const { hello, frames, closes, between, rooms } = setUp();
    between.run = () => rooms.remove(EVENT);
    await hello();
    expect(frames()).toEqual(['error']);
    expect(closes).toEqual([4503]);
  });

  it('answers pings only of a client that reads', () => {
    const { gateway, client, stream, frames, pongs } = setUp();
    gateway.ping(client as unknown as WebSocket);
    client.emit('ping', Buffer.from('1'));
    stream.writableNeedDrain = true;
    gateway.ping(client as unknown as WebSocket);
    client.emit('ping', Buffer.from('2'));
    expect(frames()).toEqual(['pong']);
    expect(pongs).toEqual([Buffer.from('1')]);
  });
});
