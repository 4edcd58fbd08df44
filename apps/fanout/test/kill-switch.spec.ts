import { jest } from '@jest/globals';
import type { HeadBody } from '@groundswell/protocol';
import { eventually, useNats, useRedis } from '@groundswell/testing';
import type { FanoutApp } from '../src/fanout-app.js';
import { Harness } from './harness.js';
import { PlainSocket } from './plain-socket.js';

jest.setTimeout(60_000);

const nats = useNats();
const redis = useRedis();
const EVENT = 'final';
let harness: Harness;
let nodes: FanoutApp[];

beforeAll(async () => {
  harness = await Harness.start(nats, redis);
  await harness.event(EVENT);
  nodes = [await harness.node(), await harness.node()];
});
afterAll(() => harness.stop());

const head = async (node: FanoutApp) =>
  (await (
    await fetch(`http://127.0.0.1:${node.port}/v1/events/${EVENT}/head/1000/${Math.floor(Date.now() / 1000)}`)
  ).json()) as HeadBody;
const greet = (node: FanoutApp) => PlainSocket.greet(node.port, { event: EVENT, everyone: null });

describe('everyone.enabled', () => {
  it('off: snapshots only, on every transport; on again: everybody catches up, with nothing missing', async () => {
    const viewer = await greet(nodes[0]!);
    await viewer.next('snap');
    const first = await harness.status(EVENT, 'ada');
    await eventually(() => viewer.everyone.includes(first.id));
    await harness.turn('everyone.enabled', false);
    for (const node of nodes) await eventually(async () => (await head(node)).shed);
    const { n } = await head(nodes[0]!);
    const newcomer = await greet(nodes[1]!);
    expect((await newcomer.next('snap')).stories.length).toBeGreaterThan(0);
    const [second, third] = [await harness.status(EVENT, 'ben'), await harness.status(EVENT, 'cem')];
    await eventually(async () => (await head(nodes[0]!)).n > n);
    expect(await head(nodes[0]!)).toMatchObject({ shed: true, inline: [], pollMs: 20_000 });
    expect(viewer.everyone).not.toContain(second.id);
    await harness.turn('everyone.enabled', true);
    for (const each of [viewer, newcomer]) await eventually(() => each.everyone.includes(third.id));
    expect(viewer.everyone.filter((id) => [first.id, second.id, third.id].includes(id))).toEqual([
      first.id,
      second.id,
      third.id,
    ]);
    for (const each of [viewer, newcomer]) each.end();
  });
});

describe('viewers', () => {
  it('are told in every head, those of other nodes included', async () => {
    const sockets = [await greet(nodes[0]!), await greet(nodes[0]!), await greet(nodes[1]!)];
    for (const node of nodes) await eventually(async () => (await head(node)).viewers === 3, { timeoutMs: 5_000 });
    for (const socket of sockets) socket.end();
    await eventually(async () => (await head(nodes[1]!)).viewers === 0, { timeoutMs: 5_000 });
    expect((await head(nodes[1]!)).viewers).toBe(0);
  });
});

describe('pins', () => {
  it('reach those who watch, and those who come later, on every node', async () => {
    const story = await harness.status(EVENT, 'dana', { text: 'to be pinned' });
    const viewer = await greet(nodes[0]!);
    const message = {
      story: {
        id: story.id,
        seq: story.seq,
        at: 1,
        author: { id: 'dana', name: 'dana' },
        text: 'to be pinned',
        rev: 1,
      },
      on: true,
      at: Date.now(),
    };
    await harness.write(EVENT, { kind: 'pin', audience: 'everyone', message, id: 'pin-1' });
    const pinned = [{ t: 'add', id: story.id, text: 'to be pinned' }];
    await eventually(() => viewer.all('seg').some(({ ops }) => ops.some(({ t }) => t === 'pin')));
    expect(viewer.all('seg').flatMap(({ ops }) => ops.filter(({ t }) => t === 'pin'))).toMatchObject([
      { t: 'pin', stories: pinned },
    ]);
    const late = await greet((await harness.node())!);
    expect(await late.next('snap')).toMatchObject({ pinned });
    await harness.retract(EVENT, story, 'dana');
    await eventually(() => viewer.all('seg').some(({ ops }) => ops.some(({ t }) => t === 'tomb')));
    const after = await greet(nodes[1]!);
    await eventually(async () => JSON.stringify(await head(nodes[1]!)).includes(story.id));
    expect(JSON.stringify(await after.next('snap'))).not.toContain('to be pinned');
    for (const each of [viewer, late, after]) each.end();
  });
});
