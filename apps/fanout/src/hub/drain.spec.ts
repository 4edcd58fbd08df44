import { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';
import type { WebSocket } from 'ws';
import { Sockets } from '../upgrade/sockets.js';
import { decodeFrames } from './paper-socket.js';
import { drain } from './drain.js';

/** A socket that answers a close, or does not. */
function open(sockets: Sockets, { answers }: { answers: boolean }) {
  const written: Buffer[] = [];
  const ends: string[] = [];
  const end = (how: string) => {
    ends.push(how);
    if (answers || how === 'terminated') sockets.forget(client);
  };
  const client = Object.assign(new EventEmitter(), {
    OPEN: 1,
    readyState: 1,
    close: (code: number) => end(`closed ${code}`),
    terminate: () => end('terminated'),
  }) as unknown as WebSocket;
  const stream = { writableNeedDrain: false, writableLength: 1, write: (frame: Buffer) => void written.push(frame) };
  sockets.open(client, stream as unknown as Socket);
  return { ends, frames: () => decodeFrames(Buffer.concat(written)).map(({ t }) => t) };
}

describe('drain', () => {
  it('W6: says bye and closes', async () => {
    const sockets = new Sockets({ monotonic: () => 0 }, 1);
    const [one, two] = [open(sockets, { answers: true }), open(sockets, { answers: true })];
    await drain({ sockets, budgetMs: 0 });
    expect([one.frames(), two.frames()]).toEqual([['bye'], ['bye']]);
    expect([one.ends, two.ends]).toEqual([['closed 1001'], ['closed 1001']]);
  });

  it('cuts off who does not answer the close, so that the process can end', async () => {
    const sockets = new Sockets({ monotonic: () => 0 }, 1);
    const deaf = open(sockets, { answers: false });
    await drain({ sockets, budgetMs: 0 });
    expect(deaf.ends).toEqual(['closed 1001', 'terminated']);
    expect(sockets.size).toBe(0);
  });
});
