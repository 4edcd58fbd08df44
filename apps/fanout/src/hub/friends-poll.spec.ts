import { jest } from '@jest/globals';
import { BLOCKS, FRIENDS, type SocialCommand } from '@groundswell/social';
import fc from 'fast-check';
import { EPOCH, ScriptedEvent } from '../intake/scripted-event.js';
import type { Room } from '../intake/room.js';
import { pollFriends, REPLY_BYTES, REPLY_ITEMS, SCAN_POSITIONS, type Poll, type PollReply } from './friends-poll.js';
import { Inbox } from './inbox.js';
import { PaperSocket } from './paper-socket.js';

/** A viewer who has begun to poll. */
function poller(room: Room, member: string, friends: string[]): Inbox {
  const inbox = new Inbox(member, room.cursor.seq);
  const sides = new Map(friends.map((id) => [id, FRIENDS]));
  room.graph.admit(member, inbox, { sides, asOf: 0 });
  return inbox;
}

/** An answer in this turn. */
function pollNow(...asked: Parameters<typeof pollFriends>): PollReply {
  const reply = pollFriends(...asked);
  if (reply instanceof Promise) throw new Error('This answer takes its time.');
  return reply;
}

const after = (seq: number, epoch = EPOCH): Poll => ({ after: { epoch, seq }, rank: 'latest' });

/** What a reply says, in short. */
function told(reply: PollReply): object | string {
  if (reply.kind === 'nothing') return `nothing until ${reply.cursor.epoch}.${reply.cursor.seq}`;
  if (reply.kind === 'items') return idsIn(reply);
  const { stories } = JSON.parse(reply.json.toString()) as { stories: { add: { id: string } }[] };
  return { snapshot: stories.map(({ add }) => add.id), ...(reply.reset ? { reset: reply.reset } : {}) };
}

function idsIn(reply: PollReply): string[] {
  const json = reply.kind === 'items' ? reply.json : [];
  return json.map((text) => (JSON.parse(text) as { op: { id: string } }).op.id);
}

describe('F1: polling Friends', () => {
  it('starts from a snapshot, and goes on with what follows the cursor', async () => {
    const event = new ScriptedEvent();
    const first = await event.status('ada');
    await event.status('ben');
    const vera = poller(event.room, 'vera', ['ada']);
    const start = pollNow(event.room, vera, { after: undefined, rank: 'latest' });
    expect([told(start), start.cursor]).toEqual([{ snapshot: [first] }, { epoch: EPOCH, seq: 2 }]);
    const second = await event.status('ada');
    await event.status('ben');
    const next = pollNow(event.room, vera, after(2));
    expect([told(next), next.cursor]).toEqual([[second], { epoch: EPOCH, seq: 4 }]);
    expect(told(pollNow(event.room, vera, after(4)))).toBe('nothing until 1000.4');
  });

  it('says that there is nothing new without a look at what is held, and without rendering', async () => {
    const event = new ScriptedEvent();
    const { room } = event;
    const vera = poller(room, 'vera', ['ada']);
    await event.status('ada');
    for (let i = 0; i < 50; i++) await event.status('ben');
    const spies = [
      jest.spyOn(room.feed, 'itemsAfter'),
      jest.spyOn(room.feed, 'friendsSnapshot'),
      jest.spyOn(room.friendsFrames, 'item'),
      jest.spyOn(room.friendsFrames, 'snapshot'),
      jest.spyOn(room.index, 'sees'),
      jest.spyOn(room.index, 'authorsOf'),
      jest.spyOn(vera, 'after'),
    ];
    for (const seq of [1, 20, 51]) expect(told(pollNow(room, vera, after(seq)))).toBe('nothing until 1000.51');
    expect(spies.map(({ mock }) => mock.calls.length)).toEqual(spies.map(() => 0));
  });

  it('encodes nothing for those who poll before they ask', async () => {
    const event = new ScriptedEvent();
    const vera = poller(event.room, 'vera', ['ada']);
    const item = jest.spyOn(event.room.friendsFrames, 'item');
    await event.status('ada');
    expect(item).not.toHaveBeenCalled();
    pollNow(event.room, vera, after(0));
    expect(item).toHaveBeenCalledTimes(1);
  });

  it('takes a cursor of another viewer as a position, and one from the future as nothing new', async () => {
    const event = new ScriptedEvent();
    const own = await event.status('ada');
    await event.status('ben');
    const vera = poller(event.room, 'vera', ['ada']);
    expect(told(pollNow(event.room, vera, after(0)))).toEqual([own]);
    expect(told(pollNow(event.room, vera, after(1)))).toBe('nothing until 1000.2');
    expect(told(pollNow(event.room, vera, after(99)))).toBe('nothing until 1000.99');
    expect(told(pollNow(event.room, vera, after(0, EPOCH + 1)))).toBe('nothing until 1001.0');
  });

  it('begins anew with a cursor of an older epoch, or from before what is held', async () => {
    const event = new ScriptedEvent();
    const id = await event.status('ada');
    const vera = poller(event.room, 'vera', ['ada']);
    expect(told(pollNow(event.room, vera, after(1, EPOCH - 1)))).toEqual({ snapshot: [id], reset: 'epoch' });
    jest.spyOn(event.room.feed, 'heldAfter', 'get').mockReturnValue(1);
    expect(await pollFriends(event.room, vera, after(0))).toMatchObject({ kind: 'snapshot', reset: 'too_old' });
  });

  it('bounds a reply by count, and says that there is more', async () => {
    const event = new ScriptedEvent();
    const vera = poller(event.room, 'vera', ['ada']);
    const ids = [];
    for (let i = 0; i < REPLY_ITEMS + 60; i++) ids.push(await event.status('ada'));
    const first = pollNow(event.room, vera, after(0));
    expect(first).toMatchObject({ kind: 'items', more: true, cursor: { epoch: EPOCH, seq: REPLY_ITEMS } });
    const rest = pollNow(event.room, vera, after(first.cursor.seq));
    expect(rest).toMatchObject({ kind: 'items', more: false });
    expect([...idsIn(first), ...idsIn(rest)]).toEqual(ids);
  });

  it('bounds a reply by bytes', async () => {
    const event = new ScriptedEvent();
    const vera = poller(event.room, 'vera', ['ada']);
    const text = 'x'.repeat(REPLY_BYTES / 4);
    for (let i = 0; i < 6; i++) await event.status('ada', 'everyone', text);
    const reply = pollNow(event.room, vera, after(0));
    expect(idsIn(reply)).toHaveLength(4);
    expect(reply).toMatchObject({ more: true });
  });

  it('bounds what is looked through for one reply', async () => {
    const event = new ScriptedEvent();
    const vera = poller(event.room, 'vera', ['ada']);
    const foreign = { audience: 'everyone', author: 'ben', storyAuthor: 'ben', rendered: {} } as never;
    const items = Array.from({ length: SCAN_POSITIONS + 5 }, (_, i) => Object.assign({}, foreign, { seq: i + 1 }));
    jest.spyOn(event.room.feed, 'itemsAfter').mockReturnValue(items);
    jest.spyOn(event.room, 'cursor', 'get').mockReturnValue({ epoch: EPOCH, seq: items.length });
    jest.spyOn(vera, 'after').mockReturnValue(undefined);
    jest.spyOn(vera, 'isQuietAfter').mockReturnValue(false);
    const reply = pollNow(event.room, vera, after(0));
    expect(reply).toEqual({ kind: 'items', json: [], more: true, cursor: { epoch: EPOCH, seq: SCAN_POSITIONS } });
  });

  it('shows nothing that came from somebody who is blocked since, in either direction', async () => {
    const event = new ScriptedEvent();
    const [vera, ada] = [poller(event.room, 'vera', ['ada']), poller(event.room, 'ada', ['vera'])];
    await event.status('ada');
    await event.status('vera');
    event.say({ kind: 'block', message: { by: 'vera', to: 'ada', on: true } });
    expect(idsIn(pollNow(event.room, vera, after(0)))).toHaveLength(1);
    expect(idsIn(pollNow(event.room, ada, after(0)))).toHaveLength(1);
    await event.status('ada');
    expect(told(pollNow(event.room, vera, after(2)))).toBe('nothing until 1000.3');
  });

  it('does not repeat what was taken back before it was asked for', async () => {
    const event = new ScriptedEvent();
    const vera = poller(event.room, 'vera', ['ada']);
    const [gone, kept] = [await event.status('ada'), await event.status('ada')];
    await event.retract(gone, 'ada');
    const reply = pollNow(event.room, vera, after(0));
    expect(idsIn(reply)).toEqual([kept, gone]);
    expect(reply).toMatchObject({ json: [expect.stringContaining('"add"'), expect.stringContaining('"tomb"')] });
  });

  it('gives the same items as a socket, whoever becomes a friend or is one no longer', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const { polled, sent } = await play(steps, { eager: true });
        expect(polled).toEqual(sent);
      }),
      { numRuns: 60 },
    );
  });

  it('gives nothing that a socket was not given, however late is asked', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const { polled, sent } = await play(steps, { eager: false });
        expect(sent.filter((id) => polled.includes(id))).toEqual(polled);
      }),
      { numRuns: 60 },
    );
  });
});

const author = fc.constantFrom('ada', 'ben', 'cleo');
const say = fc.oneof(
  fc.tuple(author, fc.boolean()).map(([other, on]): SocialCommand => ({
    kind: 'friendship',
    message: { edges: [['vera', other]], on, mutual: true },
  })),
  fc
    .tuple(fc.constantFrom('block' as const, 'mute' as const), author, fc.boolean())
    .map(([kind, to, on]): SocialCommand => ({ kind, message: { by: 'vera', to, on } })),
  fc.tuple(author, fc.boolean()).map(([by, on]): SocialCommand => ({ kind: 'block', message: { by, to: 'vera', on } })),
);
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ t: fc.constant('status' as const), by: author, times: fc.nat(2) }) },
  { weight: 3, arbitrary: say.map((command) => ({ t: 'say' as const, command })) },
  { weight: 2, arbitrary: fc.constant({ t: 'tick' as const }) },
  { weight: 2, arbitrary: fc.constant({ t: 'poll' as const }) },
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

/** What a viewer with a socket was sent, and what the same viewer was told who polls: after each status, or now and then. */
async function play(steps: readonly Step[], { eager }: { eager: boolean }) {
  const event = new ScriptedEvent({ 'friends.flush_ms': 0 });
  const vera = poller(event.room, 'vera', ['ada']);
  const socket = new PaperSocket(1, 'vera');
  event.room.graph.admit('vera', socket.connection, { sides: new Map(), asOf: 0 });
  event.room.friends.attach(socket.connection, { epoch: EPOCH, seq: 0 });
  const polled: string[] = [];
  let cursor = { epoch: EPOCH, seq: 0 };
  const ask = (): void => {
    for (let more = true; more;) {
      const reply = pollNow(event.room, vera, { after: cursor, rank: 'latest' });
      polled.push(...idsIn(reply));
      cursor = reply.cursor;
      more = reply.kind === 'items' && reply.more;
    }
  };
  for (const next of steps) {
    if (next.t === 'status') for (let i = 0; i <= next.times; i++) await event.status(next.by);
    else if (next.t === 'say') event.say(next.command);
    else if (next.t === 'tick') await event.tick();
    if (next.t === 'poll' || eager) ask();
  }
  ask();
  event.room.stop();
  const sent = socket.frames.flatMap((frame) => (frame.t === 'item' ? [(frame.op as { id: string }).id] : []));
  return { polled, sent };
}

describe('W9: whom to hide, for those who poll', () => {
  const block = (by: string, to: string, on = true): SocialCommand => ({ kind: 'block', message: { by, to, on } });
  const asking = (hide?: string): Poll => ({ ...after(0), ...(hide === undefined ? {} : { hide }) });
  const hideOf = (reply: PollReply) => (reply.kind === 'nothing' ? undefined : reply.hide);

  it('is told to who names no version of it, then when it has changed, and not to who does not ask', () => {
    const event = new ScriptedEvent();
    const vera = poller(event.room, 'vera', ['ada']);
    const first = hideOf(pollNow(event.room, vera, asking('')))!;
    expect(first.authors).toEqual([]);
    expect(told(pollNow(event.room, vera, asking(first.version)))).toBe('nothing until 1000.0');
    event.say(block('mallory', 'vera'));
    event.say({ kind: 'mute', message: { by: 'vera', to: 'ben', on: true } });
    expect(told(pollNow(event.room, vera, asking()))).toBe('nothing until 1000.0');
    const reply = pollNow(event.room, vera, asking(first.version));
    expect(reply).toEqual({
      kind: 'items',
      cursor: { epoch: EPOCH, seq: 0 },
      json: [],
      more: false,
      hide: { version: expect.any(String), authors: ['ben', 'mallory'] },
    });
    const { version } = hideOf(reply)!;
    expect(told(pollNow(event.room, vera, asking(version)))).toBe('nothing until 1000.0');
    expect(hideOf(pollNow(event.room, vera, { after: undefined, rank: 'latest', hide: '' }))?.version).toBe(version);
  });

  it('has the same version on every node, however the list came about', async () => {
    const event = new ScriptedEvent();
    const here = poller(event.room, 'vera', []);
    for (const other of ['ben', 'eve', 'mallory']) event.say(block('vera', other));
    event.say(block('vera', 'eve', false));
    await event.tick();
    const there = new ScriptedEvent();
    const sides = new Map([
      ['mallory', BLOCKS],
      ['ben', BLOCKS],
    ]);
    const vera = new Inbox('vera', 0);
    there.room.graph.admit('vera', vera, { sides, asOf: 0 });
    const { version } = hideOf(pollNow(event.room, here, asking('')))!;
    expect(hideOf(pollNow(there.room, vera, asking('')))).toEqual({ version, authors: ['ben', 'mallory'] });
  });

  it('costs a comparison of two strings when it is the same', () => {
    const { room } = new ScriptedEvent();
    const vera = poller(room, 'vera', ['ada']);
    const { version } = hideOf(pollNow(room, vera, asking('')))!;
    const shunnedBy = jest.spyOn(room.index, 'shunnedBy');
    for (let i = 0; i < 3; i++) pollNow(room, vera, asking(version));
    expect(shunnedBy).not.toHaveBeenCalled();
  });
});
