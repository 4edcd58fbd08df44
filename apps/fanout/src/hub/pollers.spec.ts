import { FRIENDS, type Side } from '@groundswell/social';
import type { ReadSides } from '../graph/graph-in-force.js';
import { ScriptedEvent } from '../intake/scripted-event.js';
import { PaperSocket } from './paper-socket.js';
import { Inbox } from './inbox.js';
import { KEPT_MS, Pollers } from './pollers.js';

function setUp({ most = 10, ready = true } = {}) {
  const { room, time, clock } = new ScriptedEvent();
  const reads: string[] = [];
  /** What is to happen while the graph is read. */
  const meanwhile = { run: async () => undefined as void };
  const withGraph = async (_: unknown, member: string, use: (read: ReadSides) => void) => {
    reads.push(member);
    await meanwhile.run();
    if (ready) use({ sides: new Map<string, Side>([['ada', FRIENDS]]), asOf: 0 });
    return ready;
  };
  const pollers = new Pollers({ graphs: { withGraph }, clock, most });
  const turns = (count: number) => {
    for (let i = 0; i < count; i++) pollers.turn();
  };
  return { room, time, reads, meanwhile, pollers, turns };
}

describe('Pollers', () => {
  it('read the graph of a viewer who asks, once for all who wait, and not again', async () => {
    const { room, reads, pollers } = setUp();
    expect(pollers.find(room, 'vera')).toBeUndefined();
    const opened = await Promise.all([pollers.open(room, 'vera'), pollers.open(room, 'vera')]);
    expect(opened[0]).toBeInstanceOf(Inbox);
    expect([opened[1], pollers.find(room, 'vera'), await pollers.open(room, 'vera')]).toEqual(Array(3).fill(opened[0]));
    expect([reads, pollers.size, room.index.authorsOf('vera')]).toEqual([['vera'], 1, ['vera', 'ada']]);
  });

  it('need no graph of who has a socket', async () => {
    const { room, reads, pollers } = setUp();
    const { connection } = new PaperSocket(1, 'vera');
    room.graph.admit('vera', connection, { sides: new Map([['ben', FRIENDS]]), asOf: 0 });
    await pollers.open(room, 'vera');
    room.index.remove('vera', connection);
    expect([reads, room.index.authorsOf('vera')]).toEqual([[], ['vera', 'ben']]);
  });

  it('keep a viewer for a while after the last poll, and free everything then', async () => {
    const { room, time, pollers, turns } = setUp();
    await pollers.open(room, 'vera');
    await pollers.open(room, 'walt');
    time.now = KEPT_MS - 1;
    pollers.find(room, 'walt');
    turns(100);
    expect(pollers.size).toBe(2);
    time.now = KEPT_MS;
    turns(100);
    expect([pollers.size, room.index.size, pollers.find(room, 'vera')]).toEqual([1, 1, undefined]);
    time.now = 2 * KEPT_MS;
    turns(100);
    expect([pollers.size, room.index.known]).toEqual([0, 0]);
  });

  it('look through a part of the viewers at each turn', async () => {
    const { room, time, pollers } = setUp();
    for (const member of ['a', 'b', 'c']) await pollers.open(room, member);
    time.now = KEPT_MS;
    const sizes = Array.from({ length: 20 }, () => (pollers.turn(), pollers.size));
    expect(new Set(sizes)).toEqual(new Set([0, 1, 2]));
  });

  it('turn away who comes when there are too many, and let them in when there are fewer', async () => {
    const { room, time, pollers, turns } = setUp({ most: 1 });
    await pollers.open(room, 'vera');
    expect(await pollers.open(room, 'walt')).toBe('full');
    time.now = KEPT_MS;
    turns(100);
    expect(await pollers.open(room, 'walt')).toBeInstanceOf(Inbox);
  });

  it('keep nothing of a viewer whose graph cannot be had', async () => {
    const { room, pollers, meanwhile } = setUp({ ready: false });
    expect(await pollers.open(room, 'vera')).toBe('behind');
    meanwhile.run = () => Promise.reject(new Error('spec'));
    await expect(pollers.open(room, 'vera')).rejects.toThrow('spec');
    expect([pollers.size, room.index.size]).toEqual([0, 0]);
  });

  it('let go of a room, also of those whose graph is being read', async () => {
    const { room, pollers, meanwhile } = setUp();
    await pollers.open(room, 'vera');
    meanwhile.run = async () => pollers.evict(room);
    expect(await pollers.open(room, 'walt')).toBe('closed');
    expect([pollers.size, room.index.size]).toEqual([0, 0]);
  });
});
