import { jest } from '@jest/globals';
import { eventually, useNats, useRedis } from '@groundswell/testing';
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
  node = await harness.node();
});
afterEach(() => open.splice(0).forEach((socket) => socket.end()));
afterAll(() => harness.stop());

/** Sockets of members who are all friends, each with Friends from now on. */
async function friends(...members: string[]): Promise<PlainSocket[]> {
  for (const [i, a] of members.entries()) {
    for (const b of members.slice(i + 1)) await harness.friendship(a, b, true);
  }
  return Promise.all(
    members.map(async (member) => {
      const token = await harness.mint.mint(member);
      const socket = await PlainSocket.greet(node.port, { event: EVENT, token, friends: null });
      open.push(socket);
      await socket.next('snap');
      return socket;
    }),
  );
}

const hidden = (socket: PlainSocket) => socket.all('hide').map(({ authors }) => authors);

describe('a block', () => {
  it('W9: acts on connected sockets in both directions, and on what is said under stories of friends', async () => {
    const [vera, mallory, ada] = (await friends('vera', 'mallory', 'ada')) as [PlainSocket, PlainSocket, PlainSocket];
    const story = await harness.status(EVENT, 'ada');
    await eventually(() => [vera, mallory, ada].every((socket) => socket.friends.includes(story.id)));
    await harness.pair('block', 'vera', 'mallory');
    await eventually(() => hidden(vera).length === 2 && hidden(mallory).length === 2);
    expect([hidden(vera), hidden(mallory), hidden(ada)]).toEqual([[[], ['mallory']], [[], ['vera']], [[]]]);

    const ofMallory = [
      await harness.status(EVENT, 'mallory'),
      await harness.status(EVENT, 'mallory', { audience: 'friends' }),
      await harness.comment(EVENT, 'mallory', story, 'ada'),
    ];
    const ofVera = [
      await harness.status(EVENT, 'vera', { audience: 'friends' }),
      await harness.comment(EVENT, 'vera', story, 'ada'),
    ];
    const last = await harness.status(EVENT, 'ada');
    await eventually(() => [vera, mallory, ada].every((socket) => socket.friends.includes(last.id)));
    const ids = (items: { id: string }[]) => items.map(({ id }) => id);
    expect(vera.friends).toEqual(ids([story, ...ofVera, last]));
    expect(mallory.friends).toEqual(ids([story, ...ofMallory, last]));
    expect(ada.friends).toEqual(ids([story, ...ofMallory, ...ofVera, last]));
  });

  it('W9: is told to who comes later, and to who has Everyone alone', async () => {
    await harness.pair('block', 'walt', 'yuri');
    const token = await harness.mint.mint('yuri');
    const socket = await PlainSocket.greet(node.port, { event: EVENT, token, everyone: null });
    open.push(socket);
    await socket.next('snap');
    expect(hidden(socket)).toEqual([['walt']]);
    expect(socket.frames.map(({ t }) => t)).toEqual(['welcome', 'hide', 'snap']);
  });
});

describe('a mute', () => {
  it('hides the muted from who mutes, and the muted learns nothing', async () => {
    const [olga, piet] = (await friends('olga', 'piet')) as [PlainSocket, PlainSocket];
    await harness.pair('mute', 'olga', 'piet');
    await eventually(() => hidden(olga).length === 2);
    const unseen = await harness.status(EVENT, 'piet');
    const seen = await harness.status(EVENT, 'olga');
    await eventually(() => olga.friends.includes(seen.id) && piet.friends.includes(seen.id));
    expect([olga.friends, piet.friends]).toEqual([[seen.id], [unseen.id, seen.id]]);
    expect(hidden(olga)).toEqual([[], ['piet']]);
    expect(piet.frames.map(({ t }) => t)).toEqual(['welcome', 'hide', 'snap', 'item', 'item']);
    expect(hidden(piet)).toEqual([[]]);
  });
});
