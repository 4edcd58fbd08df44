import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { JOINED_MAX_BYTES, writeJoined } from './joined-frames.js';

/** Both ends of a connection whose reading side has not begun to read. */
async function stalled(): Promise<{ from: Socket; to: Socket; end: () => void }> {
  const server = createServer({ pauseOnConnect: true }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const from = connect((server.address() as { port: number }).port, '127.0.0.1');
  const [to] = (await once(server, 'connection')) as [Socket];
  const end = () => {
    from.destroy();
    to.destroy();
    server.close();
  };
  return { from, to, end };
}

describe('writeJoined', () => {
  it('writes frames as one', () => {
    const written: string[] = [];
    const stream = { write: (frame: Buffer) => written.push(frame.toString()) > 0, writableLength: 0 };
    expect(writeJoined([Buffer.from('ab'), Buffer.from('c')], 3, stream)).toBe(true);
    expect(writeJoined([Buffer.from('d'), Buffer.from('ef')], 3, { ...stream, write: () => false })).toBe(false);
    expect(written).toEqual(['abc']);
  });

  it('does not write over what a stalled stream has still to send', async () => {
    const { from, to, end } = await stalled();
    const sent: string[] = [];
    // More than the kernel takes, and than is left in the stream by one write.
    for (let i = 0; i < 2_000; i++) {
      const frames = [Buffer.alloc(JOINED_MAX_BYTES - 8, i % 251), Buffer.from(String(i).padStart(8, '0'))];
      writeJoined(frames, JOINED_MAX_BYTES, from);
      sent.push(Buffer.concat(frames).toString('latin1'));
    }
    expect(from.writableLength).toBeGreaterThan(10 * JOINED_MAX_BYTES);
    from.end();
    let got = '';
    for await (const chunk of to) got += (chunk as Buffer).toString('latin1');
    expect(got === sent.join('')).toBe(true);
    end();
  });
});
