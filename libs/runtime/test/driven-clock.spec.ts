import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ClockUnreachable, driveClock, type DrivenClock } from '../src/driven-clock.js';

describe('driveClock', () => {
  let server: Server;
  let url: string;
  let replies: ServerResponse[];
  let first: string;
  let clock: DrivenClock | undefined;

  beforeEach(async () => {
    replies = [];
    first = '1000\n';
    server = createServer((_, reply) => {
      replies.push(reply);
      reply.write(first);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  });
  afterEach(async () => {
    clock?.stop();
    clock = undefined;
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const turns = async (done: () => boolean): Promise<void> => {
    for (const end = performance.now() + 5_000; !done() && performance.now() < end;) {
      await new Promise((resolve) => setImmediate(resolve));
    }
  };

  it('stands still until it is told the time', async () => {
    clock = await driveClock(url);
    expect(clock.now()).toBe(1_000);
    replies[0]!.write('60');
    replies[0]!.write('000\nnoise\n');
    await turns(() => clock!.now() !== 1_000);
    expect(clock.now()).toBe(60_000);
    replies[0]!.write('500\n');
    await turns(() => clock!.now() !== 60_000);
    expect(clock.now()).toBe(500);
  });

  it('stands still when nobody drives it any more', async () => {
    clock = await driveClock(url);
    const closed = new Promise((resolve) => replies[0]!.on('close', resolve));
    replies[0]!.destroy();
    await closed;
    expect(clock.now()).toBe(1_000);
  });

  it('is not made without a time', async () => {
    first = 'what?\n';
    const made = driveClock(url);
    await turns(() => replies.length > 0);
    replies[0]!.end();
    await expect(made).rejects.toThrow(ClockUnreachable);
    await expect(driveClock('http://127.0.0.1:1/')).rejects.toThrow(/no clock is driven at/);
  });

  it.each(['http://10.0.0.1/', 'http://example.com:3000/', 'https://127.0.0.1/', 'http://a@127.0.0.1/', 'file:///x'])(
    'is not driven from %s',
    async (from) => {
      await expect(driveClock(from)).rejects.toThrow(/over loopback only/);
    },
  );
});
