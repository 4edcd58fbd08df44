import { jest } from '@jest/globals';
import { paths } from '@groundswell/protocol';
import { eventually, useNats, useRedis } from '@groundswell/testing';
import type { FanoutApp } from '../src/fanout-app.js';
import { Harness } from './harness.js';
import { PlainSocket } from './plain-socket.js';

jest.setTimeout(30_000);

const nats = useNats();
const redis = useRedis();
const EVENT = 'final';
/** No JSON, and not even text. */
const BYTES = Uint8Array.of(0xff, 0, 0x7b, ...Buffer.from('zq7 sealed'), 0xfe);
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

async function greet(member: string): Promise<PlainSocket> {
  const token = await harness.mint.mint(member);
  const socket = await PlainSocket.greet(node.port, { event: EVENT, token, everyone: null, friends: null });
  open.push(socket);
  return socket;
}

describe('a sealed message at the end of SOCIAL', () => {
  it('keeps nobody waiting, before a tick has named it or after, and is shown to nobody', async () => {
    await harness.seal(BYTES);
    const end = await harness.seal(BYTES);
    const vera = await greet('vera');
    await vera.next('snap', 2);
    const story = await harness.status(EVENT, 'ada');
    await eventually(() => vera.friends.includes(story.id));
    await harness.seal(BYTES);
    const again = await greet('vera');
    await eventually(() => again.all('snap').some((snap) => JSON.stringify(snap).includes(story.id)));
    // Ticks count them: fan-out reads all of the log, so that its positions are those of the view.
    await harness.status(EVENT, 'ada');
    await eventually(async () => ((await harness.newestTick(EVENT))?.social ?? 0) >= end);
    const slot = Math.floor(Date.now() / 1000);
    const head = await (await fetch(`http://127.0.0.1:${node.port}${paths.head(EVENT, 1000, slot)}`)).text();
    for (const text of [...vera.texts, ...again.texts, head]) expect(text).not.toContain('zq7');
    expect((await fetch(`http://127.0.0.1:${node.port}/ready`)).status).toBe(200);
  });

  it('changes nobody’s list of friends: who comes meanwhile gets what comes next', async () => {
    await harness.seal(BYTES);
    await harness.friendship('walt', 'ada', true);
    await harness.seal(BYTES);
    const walt = await greet('walt');
    const story = await harness.status(EVENT, 'ada', { audience: 'friends' });
    await eventually(() => walt.friends.includes(story.id));
    expect(walt.all('hide').map(({ authors }) => authors)).toEqual([[]]);
  });
});
