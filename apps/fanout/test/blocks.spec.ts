import { jest } from '@jest/globals';
import { CURSOR_HEADER, paths, type FriendsItemsBody, type FriendsSnapBody } from '@groundswell/protocol';
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

describe('a viewer who polls', () => {
  it('W9: is told whom to hide with the next poll, in both directions, and pays nothing when nothing changed', async () => {
    const poll = async (member: string, query: string) => {
      const headers = { authorization: `Bearer ${await harness.mint.mint(member)}` };
      const answer = await fetch(`http://127.0.0.1:${node.port}${paths.friendsPoll(EVENT)}?${query}`, { headers });
      const body = answer.status === 200 ? ((await answer.json()) as FriendsItemsBody | FriendsSnapBody) : undefined;
      return { status: answer.status, cursor: answer.headers.get(CURSOR_HEADER)!, hide: body?.hide, t: body?.t };
    };
    const start = async (member: string) => {
      const { cursor, hide } = await eventually(async () => {
        const answer = await poll(member, 'hide=');
        return answer.status === 200 ? answer : undefined;
      });
      return { cursor, version: hide!.version };
    };
    const [rose, sam] = [await start('rose'), await start('sam')];
    expect(rose.version).toBe(sam.version);
    expect((await poll('rose', `after=${rose.cursor}&hide=${rose.version}`)).status).toBe(204);
    await harness.pair('block', 'rose', 'sam');
    const news = (member: string, { cursor, version }: typeof rose) =>
      eventually(async () => {
        const answer = await poll(member, `after=${cursor}&hide=${version}`);
        return answer.status === 200 ? answer : undefined;
      });
    const told = [await news('rose', rose), await news('sam', sam)];
    expect(told.map(({ t, hide }) => [t, hide?.authors])).toEqual([
      ['items', ['sam']],
      ['items', ['rose']],
    ]);
    const { cursor, hide } = told[0]!;
    expect((await poll('rose', `after=${cursor}&hide=${hide!.version}`)).status).toBe(204);
    expect(await poll('rose', `after=${cursor}`)).toMatchObject({ status: 204 });
    expect(await poll('rose', '')).toMatchObject({ status: 200, t: 'snap', hide: undefined });
    expect(await poll('rose', `after=${cursor}&hide=a&hide=b`)).toMatchObject({ status: 400 });
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
