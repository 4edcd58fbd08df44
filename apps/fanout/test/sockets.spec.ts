import { jest } from '@jest/globals';
import { eventually, useNats, useRedis } from '@groundswell/testing';
import { WebSocket } from 'ws';
import type { FanoutApp } from '../src/fanout-app.js';
import { Harness } from './harness.js';
import { PlainSocket } from './plain-socket.js';

jest.setTimeout(30_000);

const nats = useNats();
const redis = useRedis();
const EVENT = 'final';
let harness: Harness;
let node: FanoutApp;
const open: PlainSocket[] = [];

beforeAll(async () => {
  harness = await Harness.start(nats, redis);
  await harness.event(EVENT);
  await harness.friendship('vera', 'ada', true);
  node = await harness.node();
});
afterEach(() => open.splice(0).forEach((socket) => socket.end()));
afterAll(() => harness.stop());

async function greet(
  hello: Omit<Parameters<typeof PlainSocket.greet>[1], 'event'> & { event?: string },
): Promise<PlainSocket> {
  const socket = await PlainSocket.greet(node.port, { event: EVENT, ...hello });
  open.push(socket);
  return socket;
}

async function bare(): Promise<PlainSocket> {
  const socket = await PlainSocket.open(node.port);
  open.push(socket);
  return socket;
}

describe('a socket', () => {
  it('W8: shows Everyone to visitors, and Friends to members', async () => {
    const visitor = await greet({ everyone: null, friends: null });
    await visitor.next('snap');
    expect(visitor.all('error').map(({ code }) => code)).toEqual(['friends_needs_token']);
    const vera = await greet({ token: await harness.mint.mint('vera'), everyone: null, friends: null });
    await vera.next('snap', 2);
    const { id } = await harness.status(EVENT, 'ada');
    await eventually(() => vera.everyone.includes(id) && vera.friends.includes(id) && visitor.everyone.includes(id));
    expect(visitor.friends).toEqual([]);
  });

  it('F3: does not show to everybody what is for friends only', async () => {
    const eve = await greet({ token: await harness.mint.mint('eve'), everyone: null, friends: null });
    const vera = await greet({ token: await harness.mint.mint('vera'), everyone: null, friends: null });
    await Promise.all([eve.next('snap', 2), vera.next('snap', 2)]);
    const secret = await harness.status(EVENT, 'ada', { audience: 'friends' });
    const shared = await harness.status(EVENT, 'ada');
    await eventually(() => eve.everyone.includes(shared.id));
    expect(vera.friends).toEqual([secret.id, shared.id]);
    expect(eve.everyone).not.toContain(secret.id);
    expect(eve.friends).toEqual([]);
  });

  it('W2: resumes both tabs with exactly what was missed', async () => {
    const token = await harness.mint.mint('vera');
    const first = await greet({ token, everyone: null, friends: null });
    await harness.status(EVENT, 'ada');
    const seg = await first.next('seg');
    const item = await first.next('item');
    first.end();
    const missed = [await harness.status(EVENT, 'ada'), await harness.status(EVENT, 'ada')].map(({ id }) => id);
    const again = await greet({
      token,
      everyone: { epoch: seg.epoch, n: seg.n },
      friends: { epoch: seg.epoch, seq: item.seq },
    });
    await eventually(() => again.everyone.length === 2 && again.friends.length === 2);
    expect(again.everyone).toEqual(missed);
    expect(again.friends).toEqual(missed);
    expect(again.all('snap')).toEqual([]);
  });

  it('W6: says bye with marks when the node stops, and is closed as going away', async () => {
    const other = await harness.node();
    const viewer = await PlainSocket.greet(other.port, { event: EVENT, everyone: null });
    await viewer.next('snap');
    await other.stop();
    expect((await viewer.close()).code).toBe(1001);
    expect(viewer.frames.slice(-2).map(({ t }) => t)).toEqual(['mark', 'bye']);
  });

  it('serves an event that is created while it runs', async () => {
    const early = bare();
    await harness.event('later');
    const socket = await early;
    socket.send({ t: 'hello', event: 'later', everyone: null });
    expect((await socket.next('snap')).stories).toEqual([]);
  });

  it('brings a new friendship into force, and ends one at once', async () => {
    const walt = await greet({ token: await harness.mint.mint('walt'), friends: null });
    await walt.next('snap');
    await harness.friendship('walt', 'ben', true);
    const seen = await eventually(async () => {
      const { id } = await harness.status(EVENT, 'ben');
      await eventually(() => walt.friends.includes(id), { timeoutMs: 100 });
      return id;
    });
    expect(walt.friends).toEqual([seen]);
    await harness.friendship('walt', 'ben', false);
    const marker = await harness.status(EVENT, 'walt');
    await harness.status(EVENT, 'ben');
    const last = await harness.status(EVENT, 'walt');
    await eventually(() => walt.friends.includes(last.id));
    expect(walt.friends.slice(1)).toEqual([marker.id, last.id]);
  });
});

describe('bad input', () => {
  it('W1: every wrong message is answered, and the socket goes on', async () => {
    const socket = await greet({ everyone: null });
    socket.send('{"t":');
    socket.send(Buffer.from('binary'));
    socket.send({ t: 'wave' });
    socket.send({ t: 'show', tab: 'all' });
    await socket.next('error', 4);
    expect(socket.all('error').map(({ code }) => code)).toEqual([
      'invalid_json',
      'binary_frame',
      'unknown_message',
      'invalid_message',
    ]);
    const { id } = await harness.status(EVENT, 'ada');
    await eventually(() => socket.everyone.includes(id));
    expect(socket.closed).toBeUndefined();
  });

  it('W1: repeated wrong messages close', async () => {
    const socket = await greet({ everyone: null });
    for (let i = 0; i < 10; i++) socket.send('?');
    expect((await socket.close()).code).toBe(4400);
  });

  it('W1: a message before hello gets an error; no hello at all, a close', async () => {
    const socket = await bare();
    socket.send({ t: 'show', tab: 'friends' });
    expect((await socket.next('error')).code).toBe('hello_first');
    expect((await socket.close()).code).toBe(4508);
  });

  it('W1: a frame of 1 MB closes with 1009, and the client resumes by cursor', async () => {
    const socket = await greet({ everyone: null });
    const { id } = await harness.status(EVENT, 'ada');
    await eventually(() => socket.everyone.includes(id));
    const { epoch, n } = socket.all('seg').at(-1)!;
    socket.send('x'.repeat(1_000_000));
    expect((await socket.close()).code).toBe(1009);
    const missed = await harness.status(EVENT, 'ada');
    const again = await greet({ everyone: { epoch, n } });
    await eventually(() => again.everyone.length > 0);
    expect(again.everyone).toEqual([missed.id]);
  });

  it('refuses tokens that are forged, expired or not tokens with 4401', async () => {
    const tokens = [await harness.mint.mint('vera', { ttlS: -5 }), `${await harness.mint.mint('vera')}x`, 'hello'];
    for (const token of tokens) {
      const socket = await bare();
      socket.send({ t: 'hello', event: EVENT, token, everyone: null });
      expect((await socket.close()).code).toBe(4401);
      expect(socket.all('error').map(({ code }) => code)).toEqual(['unauthorized']);
      expect(socket.all('welcome')).toEqual([]);
    }
  });

  it('refuses another member on the same socket', async () => {
    const socket = await greet({ token: await harness.mint.mint('vera'), friends: null });
    socket.send({ t: 'auth', token: await harness.mint.mint('vera', { ttlS: 7200 }) });
    socket.send({ t: 'auth', token: await harness.mint.mint('eve') });
    expect((await socket.close()).code).toBe(4401);
  });

  it('refuses an event that does not exist with 4404', async () => {
    const socket = await bare();
    socket.send({ t: 'hello', event: 'nowhere', everyone: null });
    expect((await socket.close()).code).toBe(4404);
  });

  it('takes one hello', async () => {
    const socket = await greet({ everyone: null });
    socket.send({ t: 'hello', event: EVENT, everyone: null });
    expect((await socket.next('error')).code).toBe('hello_twice');
  });

  it('speaks one version of the protocol, and says so to clients of another', async () => {
    const ws = new WebSocket(`ws://127.0.0.1:${node.port}/v1/socket`);
    const code = await new Promise<number>((resolve) => ws.once('close', resolve));
    expect(code).toBe(4426);
  });

  it('answers other addresses with 404', async () => {
    const ws = new WebSocket(`ws://127.0.0.1:${node.port}/v2/socket`);
    const error = await new Promise<Error>((resolve) => ws.once('error', resolve));
    expect(error.message).toContain('404');
  });
});
