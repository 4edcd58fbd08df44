import { EveryoneSlots } from './everyone-slots.js';
import { PaperSocket } from './paper-socket.js';

/** What the slots say of each connection, read through it. */
function held(slots: EveryoneSlots, sockets: readonly PaperSocket[]) {
  return sockets.map(({ connection: { slot } }) =>
    slot < 0
      ? undefined
      : [slots.cursors[slot], slots.sent[slot], slots.shown[slot], slots.free[slot], slots.deflates[slot]],
  );
}

describe('EveryoneSlots', () => {
  it('keeps what it knows of each when others leave, without gaps, at any size', () => {
    const slots = new EveryoneSlots();
    const sockets = Array.from({ length: 200 }, (_, id) => new PaperSocket(id, undefined, { deflates: id % 5 === 0 }));
    for (const [i, { connection }] of sockets.entries()) {
      slots.add(connection);
      slots.cursors[connection.slot] = 2 ** 40 + i;
      slots.sent[connection.slot] = i;
      slots.shown[connection.slot] = i % 2;
      slots.free[connection.slot] = 1;
      if (i % 7 === 0) connection.halt();
    }
    for (const [i, { connection }] of sockets.entries()) if (i % 3 === 0) slots.remove(connection);
    expect(held(slots, sockets)).toEqual(
      sockets.map((_, i) =>
        i % 3 === 0 ? undefined : [2 ** 40 + i, i, i % 2, i % 7 === 0 ? 0 : 1, i % 5 === 0 ? 1 : 0],
      ),
    );
    expect(slots.streams.every((stream, i) => stream === slots.connections[i]!.stream)).toBe(true);
    expect(slots.connections.map(({ slot }) => slot)).toEqual(Array.from({ length: slots.count }, (_, i) => i));
    expect(slots.count).toBe(133);
  });

  it('gives a slot anew as if nobody had had it', () => {
    const slots = new EveryoneSlots();
    const [first, second] = [new PaperSocket(1), new PaperSocket(2)];
    slots.add(first.connection);
    slots.cursors[0] = 7;
    slots.sent[0] = 7;
    slots.shown[0] = 0;
    slots.free[0] = 1;
    slots.remove(first.connection);
    slots.remove(first.connection);
    slots.add(second.connection);
    expect(held(slots, [first, second])).toEqual([undefined, [0, 0, 1, 0, 0]]);
  });
});
