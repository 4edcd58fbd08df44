import { EPOCH, MAX_BEHIND, ScriptedEvent } from '../intake/scripted-event.js';
import { PaperSocket } from './paper-socket.js';
import { textFrame } from './text-frame.js';

const brief = (socket: PaperSocket) =>
  socket
    .take()
    .map((frame) =>
      frame.t === 'seg' ? frame.n : frame.t === 'snap' ? `snap ${(frame.cursor as { n: number }).n}` : frame.t,
    );

describe('Everyone', () => {
  it('W2: resumes with exactly the missing segments', async () => {
    const event = new ScriptedEvent();
    await event.segments(5);
    const socket = new PaperSocket();
    event.room.everyone.attach(socket.connection, { epoch: EPOCH, n: 2 });
    expect(brief(socket)).toEqual([3, 4, 5]);
    await event.segments(1);
    expect(brief(socket)).toEqual([6]);
  });

  it('H3: starts with a snapshot that the next segment follows', async () => {
    const event = new ScriptedEvent();
    await event.segments(2);
    const socket = new PaperSocket();
    event.room.everyone.attach(socket.connection, null);
    await event.segments(1);
    expect(brief(socket)).toEqual(['snap 2', 3]);
  });

  it('W2: a cursor from the future means nothing new', async () => {
    const event = new ScriptedEvent();
    await event.segments(2);
    const socket = new PaperSocket();
    event.room.everyone.attach(socket.connection, { epoch: EPOCH, n: 4 });
    await event.segments(3);
    expect(brief(socket)).toEqual([5]);
  });

  it('N3: a cursor of an older epoch starts anew', async () => {
    const event = new ScriptedEvent();
    await event.segments(1);
    const socket = new PaperSocket();
    event.room.everyone.attach(socket.connection, { epoch: EPOCH - 1, n: 1 });
    expect(brief(socket)).toEqual(['reset', 'snap 1']);
  });

  it('W4: writes the same buffer to every socket', async () => {
    const event = new ScriptedEvent();
    await event.segments(1);
    const sockets = [1, 2, 3].map((id) => new PaperSocket(id));
    for (const { connection } of sockets) event.room.everyone.attach(connection, { epoch: EPOCH, n: 1 });
    await event.segments(1);
    const [first, ...rest] = sockets.map(({ buffers }) => buffers[0]);
    expect(first!.length).toBeGreaterThan(100);
    for (const buffer of rest) expect(buffer).toBe(first);
  });

  it('W4: writes the same compressed buffer to every socket with compression', async () => {
    const event = new ScriptedEvent();
    await event.segments(1);
    const sockets = [1, 2, 3].map((id) => new PaperSocket(id, undefined, { deflates: id > 1 }));
    for (const { connection } of sockets) event.room.everyone.attach(connection, { epoch: EPOCH, n: 1 });
    await event.segments(1, 'goal '.repeat(80));
    const [plain, first, second] = sockets.map(({ buffers }) => buffers[0]!);
    expect(second).toBe(first);
    expect(first!.length).toBeLessThan(plain!.length / 2);
    expect(sockets[1]!.frames).toEqual(sockets[0]!.frames);
  });

  it('W4: compresses a snapshot once for all who come before the next segment', async () => {
    const event = new ScriptedEvent();
    await event.segments(3, 'goal '.repeat(50));
    const sockets = [1, 2].map((id) => new PaperSocket(id, undefined, { deflates: true }));
    for (const { connection } of sockets) event.room.everyone.attach(connection, null);
    expect(sockets[0]!.buffers[0]![0]).toBe(0xc1);
    expect(sockets[1]!.buffers[0]).toBe(sockets[0]!.buffers[0]);
  });

  it('W5: a slow socket holds no queue, delays nobody, and catches up when it drains', async () => {
    const event = new ScriptedEvent();
    await event.segments(1);
    const [slow, quick] = [new PaperSocket(1), new PaperSocket(2)];
    for (const { connection } of [slow, quick]) event.room.everyone.attach(connection, { epoch: EPOCH, n: 1 });
    slow.full = true;
    await event.segments(3);
    expect(brief(slow)).toEqual([]);
    expect(brief(quick)).toEqual([2, 3, 4]);
    slow.full = false;
    event.room.everyone.advance(slow.connection);
    expect(brief(slow)).toEqual([2, 3, 4]);
  });

  it('W5: one that is too far behind gets the newest snapshot and is told what it missed', async () => {
    const event = new ScriptedEvent();
    await event.segments(1);
    const slow = new PaperSocket();
    event.room.everyone.attach(slow.connection, { epoch: EPOCH, n: 1 });
    slow.full = true;
    await event.segments(MAX_BEHIND + 1);
    slow.full = false;
    event.room.everyone.advance(slow.connection);
    const [skip, snap] = slow.frames;
    expect(skip).toEqual({ t: 'skip', tab: 'everyone', from: 1, to: MAX_BEHIND + 2, missed: MAX_BEHIND + 1 });
    expect(snap).toMatchObject({ t: 'snap', cursor: { n: MAX_BEHIND + 2 } });
  });

  it('sends nothing to one that begins to close', async () => {
    const event = new ScriptedEvent();
    const sockets = [1, 2].map((id) => new PaperSocket(id));
    for (const { connection } of sockets) event.room.everyone.attach(connection, { epoch: EPOCH, n: 0 });
    await event.segments(2);
    sockets[0]!.connection.leave();
    await event.segments(1);
    expect(sockets.map(brief)).toEqual([
      [1, 2],
      [1, 2, 3],
    ]);
  });

  it('stops at the write that fills a socket, whoever has written, and goes on when it drains', async () => {
    const event = new ScriptedEvent();
    const socket = new PaperSocket();
    event.room.everyone.attach(socket.connection, { epoch: EPOCH, n: 0 });
    await event.segments(2);
    socket.fillsUp();
    socket.connection.write(textFrame('{"t":"pong"}'));
    await event.segments(1);
    expect(brief(socket)).toEqual([1, 2, 'pong']);
    socket.full = false;
    event.room.everyone.advance(socket.connection);
    socket.fillsUp();
    await event.segments(2);
    expect(brief(socket)).toEqual([3, 4]);
  });

  it('goes on for those who stay when others leave', async () => {
    const event = new ScriptedEvent();
    const sockets = [1, 2, 3, 4].map((id) => new PaperSocket(id));
    for (const { connection } of sockets) event.room.everyone.attach(connection, { epoch: EPOCH, n: 0 });
    sockets[3]!.full = true;
    await event.segments(1);
    event.room.everyone.detach(sockets[0]!.connection);
    event.room.everyone.detach(sockets[0]!.connection);
    sockets[3]!.full = false;
    await event.segments(1);
    expect(sockets.map(brief)).toEqual([[1], [1, 2], [1, 2], [1, 2]]);
    expect(event.room.everyone.size).toBe(3);
    event.room.everyone.show(sockets[0]!.connection, true);
    event.room.everyone.mark(sockets[0]!.connection);
    expect(brief(sockets[0]!)).toEqual([]);
  });

  it('flows only while its tab is shown', async () => {
    const event = new ScriptedEvent();
    const socket = new PaperSocket();
    event.room.everyone.attach(socket.connection, { epoch: EPOCH, n: 0 });
    event.room.everyone.show(socket.connection, false);
    await event.segments(2);
    expect(brief(socket)).toEqual([]);
    event.room.everyone.show(socket.connection, true);
    expect(brief(socket)).toEqual([1, 2]);
  });

  it('W3: a mark says what this socket has been sent', async () => {
    const event = new ScriptedEvent();
    await event.segments(1);
    const socket = new PaperSocket();
    event.room.everyone.attach(socket.connection, null);
    await event.segments(2);
    socket.take();
    event.room.everyone.mark(socket.connection);
    expect(socket.frames).toEqual([{ t: 'mark', tab: 'everyone', cursor: { epoch: EPOCH, n: 3 }, count: 2 }]);
  });

  it('H6: what was taken back is not served to those who catch up', async () => {
    const event = new ScriptedEvent();
    const id = await event.status('ada', 'everyone', 'regretted');
    await event.tick();
    await event.retract(id, 'ada');
    await event.tick();
    const socket = new PaperSocket();
    event.room.everyone.attach(socket.connection, { epoch: EPOCH, n: 0 });
    expect(socket.frames.map((frame) => frame.t === 'seg' && frame.ops)).toEqual([[], [{ t: 'tomb', id }]]);
    expect([...event.room.tombs.keys()]).toEqual([id]);
  });

  it('F3: a head says nothing of what was for friends only and was taken back', async () => {
    const event = new ScriptedEvent();
    const id = await event.status('ada', 'friends');
    await event.retract(id, 'ada', 'friends');
    await event.tick();
    expect([...event.room.tombs.keys()]).toEqual([]);
  });
});
