import { BLOCKED, FRIENDS } from '@groundswell/social';
import { DEFAULT_LEVERS } from '@groundswell/levers';
import { EPOCH, ScriptedEvent } from '../intake/scripted-event.js';
import { PENDING_MAX_BYTES } from './connection.js';
import { COMPRESS_MIN_AUDIENCE } from './friends-hub.js';
import { PaperSocket } from './paper-socket.js';

const FLUSH_MS = DEFAULT_LEVERS['friends.flush_ms'];

function join(event: ScriptedEvent, member: string, friends: string[], cursor: number | null = null): PaperSocket {
  const socket = new PaperSocket(1, member);
  event.room.index.add(member, socket.connection, new Map(friends.map((id) => [id, FRIENDS])));
  event.room.friends.attach(socket.connection, cursor === null ? null : { epoch: EPOCH, seq: cursor });
  return socket;
}

const items = (socket: PaperSocket) =>
  socket.take().flatMap((frame) => (frame.t === 'item' ? [(frame.op as { id: string }).id] : []));

describe('Friends', () => {
  it('gives statuses of friends and oneself, and of nobody else', async () => {
    const event = new ScriptedEvent();
    const vera = join(event, 'vera', ['ada']);
    vera.take();
    const ids = [];
    for (const author of ['ada', 'ben', 'vera']) {
      event.time.now += FLUSH_MS;
      ids.push(await event.status(author));
    }
    expect(items(vera)).toEqual([ids[0], ids[2]]);
  });

  it('gives comments by friends and comments on stories of friends, each once', async () => {
    const event = new ScriptedEvent();
    const vera = join(event, 'vera', ['ada', 'cleo']);
    const step = async (id: Promise<string>) => {
      event.time.now += FLUSH_MS;
      return id;
    };
    const ofAda = await step(event.status('ada'));
    const ofBen = await step(event.status('ben'));
    const byStranger = await step(event.comment('ben', ofAda, 'ada'));
    const byBoth = await step(event.comment('cleo', ofAda, 'ada'));
    const byFriend = await step(event.comment('ada', ofBen, 'ben'));
    await step(event.comment('dora', ofBen, 'ben'));
    expect(items(vera)).toEqual([ofAda, byStranger, byBoth, byFriend]);
  });

  it('F3: shows what is for friends only to the friends of its author, comments included', async () => {
    const event = new ScriptedEvent();
    const friend = join(event, 'vera', ['ada']);
    const friendOfCommenter = join(event, 'walt', ['vera']);
    const secret = await event.status('ada', 'friends');
    event.time.now += FLUSH_MS;
    const reply = await event.comment('vera', secret, 'ada', 'friends');
    expect(items(friend)).toEqual([secret, reply]);
    expect(items(friendOfCommenter)).toEqual([]);
  });

  it('W2: resumes with exactly what was missed', async () => {
    const event = new ScriptedEvent();
    const first = await event.status('ada');
    await event.status('ben');
    const second = await event.status('ada');
    expect(items(join(event, 'vera', ['ada'], 0))).toEqual([first, second]);
    expect(items(join(event, 'walt', ['ada'], 1))).toEqual([second]);
    expect(items(join(event, 'xena', ['ada'], 99))).toEqual([]);
  });

  it('W3: a resume ends with how far was examined, so that a quiet cursor never ages out', async () => {
    const event = new ScriptedEvent();
    const seen = await event.status('ada');
    await event.status('ben');
    const mark = { t: 'mark', tab: 'friends', cursor: { epoch: EPOCH, seq: 2 } };
    expect(join(event, 'vera', ['ada'], 1).take()).toEqual([{ ...mark, count: 0 }]);
    const [item, told] = join(event, 'walt', ['ada'], 0).take();
    expect([item, told]).toMatchObject([
      { t: 'item', seq: 1, op: { id: seen } },
      { ...mark, count: 1 },
    ]);
    expect(join(event, 'xena', ['ada'], 2).take()).toEqual([]);
    expect(join(event, 'yuri', ['ada'], 99).take()).toEqual([]);
  });

  it('W9: says whom to hide whenever that changes, the whole list, and to nobody else', async () => {
    const event = new ScriptedEvent();
    const [vera, mallory] = [join(event, 'vera', []), join(event, 'mallory', [])];
    const [before, muted] = [vera.take().length, mallory.take().length];
    event.say({ kind: 'block', message: { by: 'ben', to: 'vera', on: true } });
    event.say({ kind: 'mute', message: { by: 'vera', to: 'mallory', on: true } });
    expect([before, muted]).toEqual([1, 1]);
    expect(vera.take()).toEqual([
      { t: 'hide', authors: ['ben'] },
      { t: 'hide', authors: ['ben', 'mallory'] },
    ]);
    await event.tick();
    event.say({ kind: 'block', message: { by: 'ben', to: 'vera', on: false } });
    expect(vera.take()).toEqual([]);
    await event.tick();
    expect(vera.take()).toEqual([{ t: 'hide', authors: ['mallory'] }]);
    expect(mallory.take()).toEqual([]);
  });

  it('W9: a block acts at once on both, on comments too; the muted get what they got before', async () => {
    const event = new ScriptedEvent({ 'friends.flush_ms': 0 });
    const everybody = ['vera', 'walt', 'ada'];
    const [vera, walt, ada] = everybody.map((id) =>
      join(
        event,
        id,
        everybody.filter((other) => other !== id),
      ),
    );
    const story = await event.status('ada');
    for (const socket of [vera, walt, ada]) socket!.take();
    event.say({ kind: 'block', message: { by: 'vera', to: 'walt', on: true } });
    event.say({ kind: 'mute', message: { by: 'ada', to: 'vera', on: true } });
    const byWalt = [await event.status('walt'), await event.comment('walt', story, 'ada')];
    const byVera = [await event.status('vera'), await event.comment('vera', story, 'ada')];
    const byAda = await event.status('ada');
    expect([items(vera!), items(walt!), items(ada!)]).toEqual([
      [...byVera, byAda],
      [...byWalt, byAda],
      [...byWalt, byAda],
    ]);
  });

  it('resumes without what those wrote whom the viewer shuns by now', async () => {
    const event = new ScriptedEvent();
    const story = await event.status('ada');
    await event.comment('mallory', story, 'ada');
    const socket = new PaperSocket(1, 'vera');
    const sides = new Map([
      ['ada', FRIENDS],
      ['mallory', BLOCKED],
    ]);
    event.room.graph.admit('vera', socket.connection, { sides, asOf: 0 });
    event.room.friends.attach(socket.connection, { epoch: EPOCH, seq: 0 });
    expect(items(socket)).toEqual([story]);
  });

  it('starts with the newest stories of friends', async () => {
    const event = new ScriptedEvent();
    const story = await event.status('ada');
    await event.status('ben');
    await event.comment('ben', story, 'ada');
    const [snap] = join(event, 'vera', ['ada']).frames;
    expect(snap).toMatchObject({ t: 'snap', tab: 'friends', cursor: { epoch: EPOCH, seq: 3 } });
    expect((snap as { stories: object[] }).stories).toMatchObject([{ add: { id: story }, commentCount: 1 }]);
  });

  it('follows the graph in force at the last tick', async () => {
    const event = new ScriptedEvent();
    const vera = join(event, 'vera', []);
    event.befriend('vera', 'ada');
    await event.status('ada');
    await event.tick();
    event.time.now += FLUSH_MS;
    const seen = await event.status('ada');
    event.unfriend('vera', 'ada');
    event.time.now += FLUSH_MS;
    await event.status('ada');
    expect(items(vera)).toEqual([seen]);
  });

  it('coalesces what comes close together, the first at once', async () => {
    const event = new ScriptedEvent();
    const vera = join(event, 'vera', ['ada']);
    vera.take();
    event.time.now += FLUSH_MS;
    await event.status('ada');
    await event.status('ada');
    await event.status('ada');
    expect(vera.buffers).toHaveLength(1);
    event.room.friends.flush(vera.connection);
    expect(vera.buffers).toHaveLength(2);
    expect(items(vera)).toHaveLength(3);
    event.room.stop();
  });

  it('W3: a mark counts what was sent, and says nothing while something waits', async () => {
    const event = new ScriptedEvent();
    const vera = join(event, 'vera', ['ada']);
    event.time.now += FLUSH_MS;
    await event.status('ada');
    await event.status('ada');
    vera.take();
    vera.full = true;
    event.room.friends.mark(vera.connection);
    expect(vera.take()).toEqual([]);
    vera.full = false;
    event.room.friends.mark(vera.connection);
    expect(vera.take().at(-1)).toEqual({ t: 'mark', tab: 'friends', cursor: { epoch: EPOCH, seq: 2 }, count: 2 });
    event.room.stop();
  });

  it('W5: a socket that takes nothing for too long gets a reset and a snapshot', async () => {
    const event = new ScriptedEvent();
    const vera = join(event, 'vera', ['ada']);
    vera.take();
    vera.full = true;
    const text = 'x'.repeat(400);
    for (let bytes = 0; bytes <= PENDING_MAX_BYTES; bytes += text.length) await event.status('ada', 'everyone', text);
    expect(vera.connection.pendingBytes).toBeLessThanOrEqual(PENDING_MAX_BYTES);
    vera.full = false;
    event.room.friends.flush(vera.connection);
    const frames = vera.take();
    expect(frames.map(({ t }) => t)).toEqual(['reset', 'snap']);
    expect(frames[0]).toMatchObject({ reason: 'overflow' });
    expect(vera.connection.itemsSent).toBe(0);
    event.room.stop();
  });

  it('W4: makes an item frame once for all its sockets', async () => {
    const event = new ScriptedEvent();
    const sockets = ['vera', 'walt'].map((member) => join(event, member, ['ada']));
    for (const socket of sockets) socket.take();
    event.time.now += FLUSH_MS;
    await event.status('ada');
    expect(sockets[0]!.buffers[0]).toBe(sockets[1]!.buffers[0]);
  });

  it.each([
    [COMPRESS_MIN_AUDIENCE - 1, 0x81],
    [COMPRESS_MIN_AUDIENCE, 0xc1],
  ])('W4: compresses a long item once where %i sockets take it', async (count, first) => {
    const event = new ScriptedEvent();
    const sockets = Array.from({ length: count }, (_, id) => new PaperSocket(id, `member${id}`, { deflates: true }));
    for (const { connection } of sockets) {
      event.room.index.add(connection.member!, connection, new Map([['ada', FRIENDS]]));
      event.room.friends.attach(connection, { epoch: EPOCH, seq: 0 });
    }
    event.time.now += FLUSH_MS;
    await event.status('ada', 'everyone', 'goal '.repeat(80));
    const written = sockets.map(({ buffers }) => buffers[0]!);
    expect(written[0]![0]).toBe(first);
    for (const buffer of written) expect(buffer).toBe(written[0]);
  });
});
