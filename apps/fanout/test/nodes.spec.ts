import { jest } from '@jest/globals';
import type { TickMessage } from '@groundswell/contracts';
import { eventually, useNats, useRedis } from '@groundswell/testing';
import { Harness } from './harness.js';
import { PlainSocket } from './plain-socket.js';

jest.setTimeout(60_000);

const nats = useNats();
const redis = useRedis();
let harness: Harness;

beforeAll(async () => {
  harness = await Harness.start(nats, redis);
});
afterAll(() => harness.stop());

/** Texts of the segments that a new viewer gets from a node, from the beginning of the event. */
async function segmentsOf(port: number, event: string, count: number): Promise<string[]> {
  const first = await PlainSocket.greet(port, { event, everyone: null });
  const { epoch } = await first.next('welcome');
  first.end();
  const socket = await PlainSocket.greet(port, { event, everyone: { epoch, n: 0 } });
  await socket.next('seg', count);
  socket.end();
  return socket.texts.filter((text) => text.startsWith('{"t":"seg"')).slice(0, count);
}

const tickOf = async (event: string) => (await harness.newestTick(event))!;

describe('nodes', () => {
  it('that start into an event serve the bytes that the others serve', async () => {
    await harness.event('boot');
    const first = await harness.node();
    for (let i = 1; i <= 5; i++) {
      await harness.status('boot', 'ada');
      await eventually(async () => ((await harness.newestTick('boot'))?.n ?? 0) >= i);
    }
    const second = await harness.node();
    expect(await segmentsOf(second.port, 'boot', 5)).toEqual(await segmentsOf(first.port, 'boot', 5));
  });

  it('take the ticker over within two seconds when its node goes', async () => {
    await harness.event('takeover');
    const [holder, other] = [await harness.node(), await harness.node()];
    await harness.status('takeover', 'ada');
    const viewer = await PlainSocket.greet(other.port, { event: 'takeover', everyone: null });
    await eventually(() => viewer.frames.some(({ t }) => t === 'seg' || t === 'snap'));
    await holder.stop();
    const { id } = await harness.status('takeover', 'ada');
    await eventually(() => viewer.everyone.includes(id), { timeoutMs: 2_500 });
    expect(viewer.everyone.filter((seen) => seen === id)).toHaveLength(1);
    viewer.end();
  });

  it('read an event from its beginning when the newest tick lies about where to start', async () => {
    await harness.event('liar');
    const honest = await harness.node();
    for (let i = 1; i <= 4; i++) {
      await harness.status('liar', 'ada');
      await eventually(async () => ((await harness.newestTick('liar'))?.n ?? 0) >= i);
    }
    const { seq, ...last } = await tickOf('liar');
    const lie: TickMessage = { ...last, n: last.n + 7, prev: seq, serveFrom: last.n, replayFrom: { n: last.n, seq } };
    await harness.write('liar', { kind: 'tick', audience: 'everyone', message: lie, id: 'lie' });
    const misled = await harness.node();
    expect(await segmentsOf(misled.port, 'liar', 4)).toEqual(await segmentsOf(honest.port, 'liar', 4));
  });

  it('answer 503 on /ready and to handshakes while NATS is out, and come back by themselves', async () => {
    await harness.event('outage');
    const node = await harness.node();
    const viewer = await PlainSocket.greet(node.port, { event: 'outage', everyone: null });
    const ready = async () => (await fetch(`http://127.0.0.1:${node.port}/ready`)).status;
    await eventually(async () => (await ready()) === 200);
    await nats.kill();
    await eventually(async () => (await ready()) === 503);
    await expect(PlainSocket.open(node.port)).rejects.toThrow('503');
    await nats.restart();
    await eventually(async () => (await ready()) === 200, { timeoutMs: 10_000 });
    const { id } = await eventually(() => harness.status('outage', 'ada'), { timeoutMs: 10_000 });
    await eventually(() => viewer.everyone.includes(id), { timeoutMs: 10_000 });
    expect(viewer.closed).toBeUndefined();
    viewer.end();
  });
});
