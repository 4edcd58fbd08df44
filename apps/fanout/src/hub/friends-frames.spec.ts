import { jest } from '@jest/globals';
import { FRIENDS } from '@groundswell/social';
import { EPOCH, ScriptedEvent } from '../intake/scripted-event.js';
import { SNAPSHOTS_MAX_BYTES } from './friends-frames.js';
import { decodeFrames, PaperSocket } from './paper-socket.js';

async function setUp() {
  const event = new ScriptedEvent();
  const { room } = event;
  const socket = new PaperSocket(1, 'vera');
  room.graph.admit('vera', socket.connection, { sides: new Map([['ada', FRIENDS]]), asOf: 0 });
  const story = await event.status('ada');
  const take = () => room.friendsFrames.snapshot('vera', 'latest')!.frame;
  return { event, room, socket, story, take };
}

describe('a snapshot of Friends', () => {
  it('is the same buffer as long as nothing is new for the viewer', async () => {
    const { event, room, socket, take } = await setUp();
    const first = take();
    await event.status('ben');
    await event.tick();
    event.befriend('ben', 'cleo');
    expect(take()).toBe(first);
    for (let i = 0; i < 2; i++) room.friends.attach(socket.connection, null);
    expect(socket.buffers.filter((buffer) => buffer === first)).toHaveLength(2);
  });

  it.each<[string, (event: ScriptedEvent, story: string) => Promise<unknown>]>([
    ['a status of a friend', (event) => event.status('ada')],
    ['a comment on a story of a friend', (event, story) => event.comment('ben', story, 'ada')],
    ['a tombstone', (event, story) => event.retract(story, 'ada')],
    ['a friendship in force', async (event) => (event.befriend('vera', 'ben'), event.tick())],
    ['a friendship that ends', async (event) => event.unfriend('vera', 'ada')],
    ['a mute', async (event) => event.say({ kind: 'mute', message: { by: 'vera', to: 'ada', on: true } })],
  ])('is made anew after %s', async (_, change) => {
    const { event, story, take } = await setUp();
    const first = take();
    await change(event, story);
    expect(take()).not.toBe(first);
  });

  it('is made anew before its cursor is too old to go on from', async () => {
    const { event, room, take } = await setUp();
    const first = take();
    await event.status('ben');
    jest.spyOn(room.feed, 'heldAfter', 'get').mockReturnValue(2);
    expect(room.friendsFrames.snapshot('vera', 'latest')).toBeUndefined();
    expect(await room.friendsFrames.withPast('vera', 'latest', (made) => made!.frame)).not.toBe(first);
  });

  it('W3: comes with a mark when it was kept, so that its cursor does not age out', async () => {
    const { event, room, socket, take } = await setUp();
    take();
    await event.status('ben');
    room.friends.attach(socket.connection, null);
    expect(socket.take()).toMatchObject([
      { t: 'snap', cursor: { epoch: EPOCH, seq: 1 } },
      { t: 'mark', tab: 'friends', cursor: { epoch: EPOCH, seq: 2 }, count: 0 },
    ]);
  });

  it('is not that of a viewer who went and came back with other friends', async () => {
    const { event, room, socket, take } = await setUp();
    const first = take();
    room.index.remove('vera', socket.connection);
    room.graph.admit('vera', socket.connection, { sides: new Map(), asOf: 0 });
    expect(decodeFrames(take())).toMatchObject([{ stories: [] }]);
    expect(take()).not.toBe(first);
    expect(event.room.friendsFrames.size).toBe(take().length);
  });

  it('stands in the order that the viewer has chosen, each order kept apart', async () => {
    const { event, room, story, take } = await setUp();
    const later = await event.status('ada');
    await event.comment('ben', story, 'ada');
    const top = room.friendsFrames.snapshot('vera', 'top')!.frame;
    const latest = take();
    const ids = (frame: Buffer) =>
      decodeFrames(frame).flatMap((snap) => (snap.t === 'snap' ? snap.stories.map(({ add }) => add.id) : []));
    expect([ids(latest), ids(top)]).toEqual([
      [later, story],
      [story, later],
    ]);
    expect(room.friendsFrames.snapshot('vera', 'top')!.frame).toBe(top);
    expect(take()).toBe(latest);
  });

  it('leaves out the comments of those whom the viewer shuns', async () => {
    const { event, story, take } = await setUp();
    const mine = await event.comment('ben', story, 'ada');
    await event.comment('mallory', story, 'ada');
    event.say({ kind: 'block', message: { by: 'mallory', to: 'vera', on: true } });
    const comments = decodeFrames(take()).flatMap((snap) => (snap.t === 'snap' ? snap.stories[0]!.comments : []));
    expect(comments.map(({ id }) => id)).toEqual([mine]);
  });

  it('is kept within a bound of bytes, those that were asked for lately', async () => {
    const { event, room } = await setUp();
    await event.status('big', 'everyone', 'x'.repeat(SNAPSHOTS_MAX_BYTES / 4));
    const take = (member: string) => room.friendsFrames.snapshot(member, 'latest')!.frame;
    const members = ['a', 'b', 'c', 'd'];
    for (const [i, member] of members.entries()) {
      const { connection } = new PaperSocket(i, member);
      room.graph.admit(member, connection, { sides: new Map([['big', FRIENDS]]), asOf: 0 });
    }
    const [a, b] = members.slice(0, 3).map(take);
    expect(take('a')).toBe(a);
    take('d');
    expect(take('a')).toBe(a);
    expect(take('b')).not.toBe(b);
    expect(room.friendsFrames.size).toBeLessThanOrEqual(SNAPSHOTS_MAX_BYTES);
  });
});
