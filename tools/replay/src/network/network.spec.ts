import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { eventually } from '@groundswell/testing';
import { Network } from './network.js';

let echo: Server;
let network: Network;
let arrived: Socket[];

beforeEach(async () => {
  arrived = [];
  echo = createServer((socket) => {
    arrived.push(socket);
    socket.on('error', () => undefined);
    socket.pipe(socket);
  });
  echo.listen(0, '127.0.0.1');
  await once(echo, 'listening');
  network = await Network.start([{ host: '127.0.0.1', port: (echo.address() as { port: number }).port }]);
});

afterEach(async () => {
  await network.stop();
  echo.close();
});

function client(): Socket {
  const socket = connect(Number(new URL(network.url).port), '127.0.0.1');
  socket.on('error', () => undefined);
  return socket;
}

async function answer(socket: Socket): Promise<string> {
  const [data] = (await once(socket, 'data')) as [Buffer];
  return data.toString();
}

describe('Network', () => {
  it('hands bytes and ends on', async () => {
    const socket = client();
    socket.end('hello');
    expect(await text(socket)).toBe('hello');
  });

  it('ends every connection on both sides when it is cut', async () => {
    const socket = client();
    socket.write('one');
    expect(await answer(socket)).toBe('one');
    const ended = Promise.all([once(socket, 'close'), once(arrived[0]!, 'close')]);
    expect(network.cut('refused')).toBe(1);
    await ended;
    expect(network.open).toBe(0);
  });

  it('refuses while it is down, and lets new ones in afterwards', async () => {
    network.cut('refused');
    const refused = client();
    await eventually(() => refused.closed);
    expect(arrived).toEqual([]);
    network.restore();
    const socket = client();
    socket.write('two');
    expect(await answer(socket)).toBe('two');
  });

  it('keeps silent while it is down, and then lets in whoever still waits', async () => {
    network.cut('silent');
    const patient = client();
    patient.write('three');
    await eventually(() => network.open === 1);
    expect(arrived).toEqual([]);
    network.restore();
    expect(await answer(patient)).toBe('three');
    expect(arrived).toHaveLength(1);
  });
});
