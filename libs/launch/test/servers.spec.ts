import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { connect, createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PortInUse, StartFailed, startNats, startRedis, type RunningServer } from '../src/index.js';

const docker = (path: string) => fileURLToPath(new URL(`../../../docker/${path}`, import.meta.url));

describe.each([
  {
    name: 'nats',
    start: startNats,
    config: docker('nats/nats-server.conf'),
    file: 'jetstream',
    ask: 'PING\r\n',
    answer: 'PONG',
  },
  {
    name: 'redis',
    start: startRedis,
    config: docker('redis/redis.conf'),
    file: 'appendonlydir',
    ask: 'PING\r\n',
    answer: 'PONG',
  },
])('$name', ({ start, config, file, ask, answer }) => {
  let dir: string;
  let running: RunningServer[];
  const keep = async (server: Promise<RunningServer>) => {
    running.push(await server);
    return server;
  };
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'gs-launch-'));
    running = [];
  });
  afterEach(async () => {
    for (const server of running) await server.kill();
    await rm(dir, { recursive: true, force: true });
  });

  async function talk(port: number): Promise<string> {
    const socket = connect({ host: '127.0.0.1', port });
    socket.setEncoding('utf8');
    socket.write(ask);
    let text = '';
    for await (const chunk of socket) {
      text += String(chunk);
      if (text.includes(answer)) break;
    }
    return text;
  }

  it('starts with its data in the folder, stops, and starts again on the same port', async () => {
    const first = await keep(start({ dir, config }));
    expect(await talk(first.port)).toContain(answer);
    expect(await readdir(dir)).toContain(file);
    await first.stop();
    await expect(talk(first.port)).rejects.toThrow('ECONNREFUSED');
    const second = await keep(start({ dir, config, port: first.port }));
    expect(second.url).toBe(first.url);
    await second.kill();
    await keep(start({ dir, port: first.port }));
    expect(await talk(first.port)).toContain(answer);
  });

  it('names a port that is in use', async () => {
    const holder = createServer().listen(0, '127.0.0.1');
    await once(holder, 'listening');
    const { port } = holder.address() as AddressInfo;
    const failure = await start({ dir, port }).catch((e: Error) => e);
    holder.close();
    expect(failure).toBeInstanceOf(PortInUse);
    expect((failure as Error).message).toContain(`port ${port}`);
  });

  it('is not deceived by another server on the port', async () => {
    const first = await keep(start({ dir }));
    await expect(start({ dir: join(dir, 'other'), port: first.port })).rejects.toBeInstanceOf(PortInUse);
  });

  it('names a folder that cannot be used', async () => {
    const failure = await start({ dir: '/dev/null/data' }).catch((e: Error) => e);
    expect(failure).toBeInstanceOf(StartFailed);
    expect((failure as Error).message).toContain('/dev/null/data');
  });
});
