import type { Socket } from 'node:net';
import type { WebSocket } from 'ws';
import { Connection } from './connection.js';

/** A connection, and what its stream was asked to do. */
function setUp() {
  const calls: (number | 'cork' | 'uncork')[] = [];
  const stream = {
    write: ({ length }: Buffer) => calls.push(length) > 0,
    cork: () => void calls.push('cork'),
    uncork: () => void calls.push('uncork'),
  };
  const ws = { OPEN: 1, readyState: 1, extensions: '' };
  return { calls, connection: new Connection(1, ws as WebSocket, stream as unknown as Socket) };
}

const bytes = (length: number): Buffer => Buffer.alloc(length);

describe('Connection', () => {
  it('copies small frames that go out together into one write', () => {
    const { connection, calls } = setUp();
    connection.together(() => {
      connection.write(bytes(10));
      connection.together(() => connection.ping());
      connection.writeAll([bytes(3), bytes(4)]);
    });
    connection.write(bytes(1));
    expect(calls).toEqual([10 + 2 + 3 + 4, 1]);
  });

  it('leaves large ones as they are', () => {
    const { connection, calls } = setUp();
    connection.together(() => {
      connection.write(bytes(20_000));
      connection.write(bytes(10));
    });
    expect(calls).toEqual(['cork', 20_000, 10, 'uncork']);
  });

  it('writes nothing when there is nothing to write', () => {
    const { connection, calls } = setUp();
    connection.together(() => undefined);
    connection.writeAll([]);
    expect(calls).toEqual([]);
  });
});
