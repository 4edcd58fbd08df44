import { jest } from '@jest/globals';
import type { ServerFrame } from '@groundswell/protocol';
import { readFeed } from '@groundswell/contracts';
import type { PastStory } from '@groundswell/feed';
import { FRIENDS, type SocialCommand } from '@groundswell/social';
import fc from 'fast-check';
import { EPOCH, ScriptedEvent } from '../intake/scripted-event.js';
import type { ViewerPast } from '../past/past-source.js';
import { Inbox } from './inbox.js';
import { pollFriends } from './friends-poll.js';
import { PaperSocket } from './paper-socket.js';

const HELD = 600;

/** An event of which some stories are older than the window, and a view of it that answers when the spec says so. */
async function setUp(stories = 5) {
  const event = new ScriptedEvent({ 'friends.flush_ms': 0 });
  const { room } = event;
  const old: string[] = [];
  for (let i = 0; i < stories; i++) old.push(await event.status(i % 2 ? 'ada' : 'ben'));
  for (let i = 0; i <= HELD; i++) await event.tick();
  const answers: ((past?: ViewerPast) => void)[] = [];
  const past = jest.fn(() => new Promise<ViewerPast | undefined>((resolve) => answers.push(resolve)));
  event.past = past;
  const join = (member = 'vera', friends = ['ada', 'ben'], id = 1) => {
    const socket = new PaperSocket(id, member);
    const sides = new Map(friends.map((other) => [other, FRIENDS]));
    room.graph.admit(member, socket.connection, { sides, asOf: 0 });
    room.friends.attach(socket.connection, null);
    return socket;
  };
  /** What the view holds now, for whoever asked first. */
  const answer = async (authors = ['vera', 'ada', 'ben']) => {
    answers.shift()!(viewOf(event, authors));
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { event, room, old, past, join, answer, answers };
}

function viewOf(event: ScriptedEvent, authors: readonly string[]): ViewerPast {
  const records = event.messages.flatMap((stored) => readFeed(stored) ?? []);
  const gone = new Set(records.flatMap((record) => (record.kind === 'retract' ? [record.message.id] : [])));
  const comments = records.flatMap((r) => (r.kind === 'comment' && !gone.has(r.message.id) ? [r] : []));
  const stories = records.flatMap((status): PastStory[] => {
    if (status.kind !== 'status' || gone.has(status.message.id) || !authors.includes(status.message.author.id))
      return [];
    return [{ status, comments: comments.filter(({ message }) => message.of === status.message.id) }];
  });
  return { stories, more: false, asOf: event.room.cursor.seq, authors: new Set(authors) };
}

const snaps = (frames: ServerFrame[]) =>
  frames.flatMap((frame) => (frame.t === 'snap' ? [frame.stories.map(({ add }) => add.id)] : []));
const items = (frames: ServerFrame[]) =>
  frames.flatMap((frame) => (frame.t === 'item' ? [(frame.op as { id: string }).id] : []));

describe('Friends that begins before the window', () => {
  it('is filled up, newest first, with one read, and kept until there is something new', async () => {
    const { event, room, old, past, join, answer } = await setUp();
    const inWindow = await event.status('ada');
    const socket = join();
    expect(socket.take()).toEqual([]);
    await answer();
    const newestFirst = [inWindow, ...old.toReversed()];
    const frames = socket.take();
    expect([frames.map(({ t }) => t), snaps(frames)]).toEqual([['snap'], [newestFirst]]);
    room.friends.attach(socket.connection, null);
    expect(snaps(socket.take())).toEqual([newestFirst]);
    expect(past).toHaveBeenCalledTimes(1);
    await event.retract(old[0]!, 'ben');
    room.friends.attach(socket.connection, null);
    await answer();
    expect(snaps(socket.take())).toEqual([newestFirst.slice(0, -1)]);
    expect(past).toHaveBeenCalledTimes(2);
  });

  it('is not read where the window has enough', async () => {
    const { event, past, join } = await setUp();
    for (let i = 0; i < 30; i++) await event.status('ada');
    expect(snaps(join().take())[0]).toHaveLength(30);
    expect(past).not.toHaveBeenCalled();
  });

  it('is not read where the window reaches back to the beginning', async () => {
    const event = new ScriptedEvent();
    const past = jest.fn(async () => undefined);
    event.past = past;
    await event.status('ada');
    const socket = new PaperSocket(1, 'vera');
    event.room.graph.admit('vera', socket.connection, { sides: new Map([['ada', FRIENDS]]), asOf: 0 });
    event.room.friends.attach(socket.connection, null);
    expect(snaps(socket.take())[0]).toHaveLength(1);
    expect(past).not.toHaveBeenCalled();
  });

  it('W2: has in the snapshot what came while it was read, and as items what comes after it', async () => {
    const { event, room, old, join, answer } = await setUp(1);
    const socket = join();
    const meanwhile = await event.status('ada');
    room.friends.mark(socket.connection);
    expect(socket.take()).toEqual([]);
    await answer();
    const after = await event.status('ben');
    const frames = socket.take();
    expect([snaps(frames), items(frames)]).toEqual([[[meanwhile, old[0]!]], [after]]);
  });

  it('has nothing that was taken back while it was read, though the view still had it', async () => {
    const { event, old, join, answers } = await setUp(2);
    const reply = await event.comment('cleo', old[1]!, 'ada');
    const socket = join();
    const stale = viewOf(event, ['vera', 'ada', 'ben']);
    await event.retract(old[0]!, 'ben');
    await event.retract(reply, 'cleo');
    answers.shift()!(stale);
    await new Promise((resolve) => setImmediate(resolve));
    const [snap] = socket.take();
    expect(snap).toMatchObject({ t: 'snap', stories: [{ add: { id: old[1]! }, comments: [] }] });
  });

  it.each<[string, SocialCommand]>([
    ['blocked', { kind: 'block', message: { by: 'ben', to: 'vera', on: true } }],
    ['muted', { kind: 'mute', message: { by: 'vera', to: 'ben', on: true } }],
    ['unfriended', { kind: 'friendship', message: { edges: [['ben', 'vera']], on: false, mutual: true } }],
  ])('has nothing of somebody who was %s while it was read', async (_, command) => {
    const { event, old, join, answer } = await setUp(2);
    const socket = join();
    event.say(command);
    await answer();
    expect(snaps(socket.take())).toEqual([[old[1]!]]);
  });

  it('leaves out what those wrote under older stories whom the viewer shuns', async () => {
    const { event, old, join, answer } = await setUp(1);
    for (const author of ['cleo', 'dora', 'mallory', 'mallory', 'mallory']) await event.comment(author, old[0]!, 'ben');
    const socket = join();
    event.say({ kind: 'block', message: { by: 'mallory', to: 'vera', on: true } });
    await answer();
    const comments = socket.take().flatMap((frame) => (frame.t === 'snap' ? frame.stories[0]!.comments : []));
    expect(comments.map(({ author }) => author.id)).toEqual(['cleo', 'dora']);
  });

  it('is read again when the viewer has new friends since', async () => {
    const { event, old, past, join, answer } = await setUp(2);
    const socket = join('vera', ['ada']);
    event.befriend('vera', 'ben');
    await event.tick();
    await answer(['vera', 'ada']);
    expect(socket.take().map(({ t }) => t)).toEqual([]);
    await answer();
    expect(snaps(socket.take())).toEqual([old.toReversed()]);
    expect(past).toHaveBeenCalledTimes(2);
  });

  it('is of the window alone when the view is not to be had, and read again by the next who asks', async () => {
    const { event, room, past, join, answer, answers } = await setUp(2);
    const inWindow = await event.status('ada');
    const socket = join();
    answers.shift()!(undefined);
    await new Promise((resolve) => setImmediate(resolve));
    expect(snaps(socket.take())).toEqual([[inWindow]]);
    room.friends.attach(socket.connection, null);
    await answer();
    expect(snaps(socket.take())[0]).toHaveLength(3);
    expect(past).toHaveBeenCalledTimes(2);
  });

  it('is not used when the window has moved on beyond it', async () => {
    const { event, past, join, answers } = await setUp(2);
    const socket = join();
    const stale = viewOf(event, ['vera', 'ada', 'ben']);
    for (let i = 0; i <= HELD; i++) await event.tick();
    for (let i = 0; i < 3; i++) {
      answers.shift()!(stale);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(snaps(socket.take())).toEqual([[]]);
    expect(past).toHaveBeenCalledTimes(3);
  });

  it('is made anew when a comment on an older story is written or taken back', async () => {
    const { event, room, old, past, join, answer } = await setUp(1);
    const socket = join();
    await answer();
    socket.take();
    const again = async () => {
      room.friends.attach(socket.connection, null);
      await answer();
      const frames = socket.take().flatMap((frame) => (frame.t === 'snap' ? frame.stories : []));
      return frames.map(({ comments }) => comments.map(({ id }) => id));
    };
    const reply = await event.comment('cleo', old[0]!, 'ben');
    expect(await again()).toEqual([[reply]]);
    await event.retract(reply, 'cleo', 'everyone', { of: old[0]!, ofAuthor: 'ben' });
    expect(await again()).toEqual([[]]);
    expect(past).toHaveBeenCalledTimes(3);
  });

  it('is read once for all who ask for the same viewer, sockets and polls', async () => {
    const { room, old, past, join, answer } = await setUp(2);
    const sockets = [join('vera', ['ada', 'ben'], 1), join('vera', ['ada', 'ben'], 2)];
    const inbox = new Inbox('vera', room.cursor.seq);
    room.index.add('vera', inbox, new Map());
    const polled = pollFriends(room, inbox, { after: undefined, rank: 'latest' });
    await answer();
    for (const socket of sockets) expect(snaps(socket.take())).toEqual([old.toReversed()]);
    expect(await polled).toMatchObject({ kind: 'snapshot', cursor: room.cursor });
    expect(past).toHaveBeenCalledTimes(1);
  });

  it('is not sent to a socket that was closed meanwhile, nor to a viewer who has gone', async () => {
    const { room, join, answer } = await setUp(2);
    const [closed, gone] = [join('vera', ['ada'], 1), join('walt', ['ada'], 2)];
    closed.connection.close('unavailable');
    room.friends.detach(gone.connection);
    room.index.remove('walt', gone.connection);
    const inbox = new Inbox('xena', 0);
    room.graph.admit('xena', inbox, { sides: new Map(), asOf: 0 });
    const polled = pollFriends(room, inbox, { after: undefined, rank: 'latest' });
    room.index.remove('xena', inbox);
    for (let i = 0; i < 3; i++) await answer();
    expect([closed.take(), gone.take(), await polled]).toEqual([[], [], undefined]);
  });

  it('W5: says a reset together with the snapshot, not while it is read', async () => {
    const { room, join, answer } = await setUp(2);
    const socket = join();
    await answer();
    socket.take();
    room.index.set('vera', 'ada', 0);
    room.friends.attach(socket.connection, { epoch: EPOCH - 1, seq: 1 });
    expect(socket.take()).toEqual([]);
    await answer();
    expect(socket.take().map(({ t }) => t)).toEqual(['reset', 'snap']);
  });

  it('tells a viewer each story once, in the snapshot or as an item, whatever happens while it is read', async () => {
    const step = fc.constantFrom('ada', 'ben', 'answer', 'mark', 'tick');
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        const { event, room, old, join, answer, answers } = await setUp(3);
        const socket = join();
        const posted: string[] = [];
        for (const next of [...steps, 'answer']) {
          if (next === 'mark') room.friends.mark(socket.connection);
          else if (next === 'tick') await event.tick();
          else if (next !== 'answer') posted.push(await event.status(next));
          else if (answers.length > 0) await answer();
        }
        const frames = socket.take();
        const [snap] = snaps(frames);
        expect([...snap!.toReversed(), ...items(frames)]).toEqual([...old, ...posted]);
        expect(frames.find(({ t }) => t === 'snap' || t === 'mark' || t === 'item')?.t).toBe('snap');
      }),
      { numRuns: 15 },
    );
  });
});
