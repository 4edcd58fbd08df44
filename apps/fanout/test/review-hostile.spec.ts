import { jest } from '@jest/globals';
import { eventually, useNats, useRedis } from '@groundswell/testing';
import { connect } from 'node:net';
import type { FanoutApp } from '../src/fanout-app.js';
import { Harness } from './harness.js';
import { PlainSocket } from './plain-socket.js';

jest.setTimeout(30_000);

const nats = useNats();
const redis = useRedis();
const EVENT = 'final';
let harness: Harness;
let node: FanoutApp;

beforeAll(async () => {
  harness = await Harness.start(nats, redis);
  await harness.event(EVENT);
  node = await harness.node({ origins: 'https://tv.example' });
});
afterAll(() => harness.stop());

/** The node still takes viewers. */
async function isAlive(): Promise<boolean> {
  const socket = await PlainSocket.greet(node.port, { event: EVENT, everyone: null });
  await socket.next('snap');
  socket.end();
  return true;
}

describe('a node outlives', () => {
  it('W1: a message that nests without end', async () => {
    const socket = await PlainSocket.open(node.port);
    socket.send(`{"t":"hello","event":"${EVENT}","everyone":${'['.repeat(8_000)}${']'.repeat(8_000)}}`);
    expect((await socket.next('error')).code).toBe('invalid_message');
    socket.end();
    expect(await isAlive()).toBe(true);
  });

  it('W7: clients that reset the connection while they are refused', async () => {
    const upgrade = [
      'GET /v1/socket HTTP/1.1',
      'Host: node',
      'Origin: https://other.example',
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
      '\r\n',
    ].join('\r\n');
    let closed = 0;
    for (let i = 0; i < 50; i++) {
      const socket = connect(node.port, '127.0.0.1', () => {
        socket.write(upgrade, () => socket.resetAndDestroy());
      });
      socket.on('error', () => undefined);
      socket.on('close', () => closed++);
    }
    await eventually(() => closed === 50);
    expect(await isAlive()).toBe(true);
  });
});
