import { connect } from 'node:net';
import { eventually, useNats, useRedis, useTempDir } from '../src/index.js';

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    const done = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => done(true));
    socket.once('error', () => done(false));
  });
}

describe.each([
  ['useNats', useNats],
  ['useRedis', useRedis],
])('%s', (_, use) => {
  const server = use();

  it('runs, is killed, and comes back on its port', async () => {
    const { port, pid } = server;
    expect(await accepts(port)).toBe(true);
    await server.kill();
    expect(await accepts(port)).toBe(false);
    await server.restart();
    expect(server.port).toBe(port);
    expect(server.pid).not.toBe(pid);
    expect(await eventually(() => accepts(port))).toBe(true);
  });
});

describe('useTempDir', () => {
  const dir = useTempDir();

  it('is there while tests run', () => {
    expect(dir.path).toContain('groundswell-');
  });
});
