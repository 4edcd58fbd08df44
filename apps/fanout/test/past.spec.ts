import { jest } from '@jest/globals';
import { streamInfo } from '@groundswell/bus';
import { EVENTS } from '@groundswell/contracts';
import { EventFeed } from '@groundswell/feed';
import { DEFAULT_LEVERS, segmentLevers } from '@groundswell/levers';
import { CURSOR_HEADER, paths, type FriendsSnapBody, type FriendsSnapFrame } from '@groundswell/protocol';
import { renderOp } from '@groundswell/render';
import { eventually, useNats, useRedis } from '@groundswell/testing';
import type { FanoutApp } from '../src/fanout-app.js';
import { Harness } from './harness.js';
import { PlainSocket } from './plain-socket.js';

jest.setTimeout(60_000);

const nats = useNats();
const redis = useRedis();
const EVENT = 'final';
/** More than a node holds. */
const SEGMENTS = 620;
let harness: Harness;
let node: FanoutApp;
const open: PlainSocket[] = [];
/** Stories of ben and ada in turn, oldest first, all from before the window; the last has comments. */
const old: { id: string; seq: number }[] = [];
const comments: { id: string; seq: number }[] = [];

beforeAll(async () => {
  harness = await Harness.start(nats, redis);
  await harness.event(EVENT);
  for (const member of ['vera', 'walt', 'xena', 'yuri']) await harness.friendship(member, 'ada', true);
  await harness.friendship('vera', 'ben', true);
  for (let i = 0; i < 40; i++) {
    old.push(await harness.status(EVENT, i % 2 ? 'ada' : 'ben', { audience: i % 5 ? 'everyone' : 'friends' }));
    await harness.status(EVENT, 'stranger');
  }
  const last = old.at(-1)!;
  for (const by of ['ben', 'mallory', 'cleo', 'dora', 'eve']) {
    comments.push(await harness.comment(EVENT, by, last, 'ada'));
  }
  const counts = { of: last.id, ofAuthor: 'ada', comments: 5, likes: 7, asOf: comments.at(-1)!.seq };
  await harness.write(EVENT, { kind: 'counts', audience: 'everyone', message: counts, id: 'counts' });
  await seal(SEGMENTS);
  await harness.projectItems();
  node = await harness.node();
  await eventually(async () => (await poll('vera')).status === 200, { timeoutMs: 10_000 });
});
afterEach(() => open.splice(0).forEach((socket) => socket.end()));
afterAll(() => harness.stop());

/** Ticks, as a ticker would have written them long ago. */
async function seal(count: number): Promise<void> {
  const { created } = await streamInfo(harness.bus, EVENTS.name);
  const feed = new EventFeed({ render: renderOp });
  const levers = segmentLevers({ ...DEFAULT_LEVERS });
  for (let n = 1; n <= count; n++) {
    const at = Date.now() - 3_600_000 + n * 1_000;
    const message = feed.nextTick({ epoch: created, at, social: 0, leverRev: 0, levers });
    const seq = await harness.write(EVENT, { kind: 'tick', audience: 'everyone', message, id: `tick-${n}` });
    feed.tick(message, seq);
  }
}

async function poll(member: string, rank = 'latest') {
  const answer = await fetch(`http://127.0.0.1:${node.port}${paths.friendsPoll(EVENT)}?rank=${rank}`, {
    headers: { authorization: `Bearer ${await harness.mint.mint(member)}` },
  });
  const body = answer.status === 200 ? ((await answer.json()) as FriendsSnapBody) : undefined;
  return { status: answer.status, cursor: answer.headers.get(CURSOR_HEADER), stories: body?.stories ?? [] };
}

async function join(member: string): Promise<FriendsSnapFrame> {
  const token = await harness.mint.mint(member);
  const socket = await PlainSocket.greet(node.port, { event: EVENT, token, friends: null });
  open.push(socket);
  return (await socket.next('snap')) as FriendsSnapFrame;
}

const ofAda = () => old.filter((_, i) => i % 2 === 1);
const ids = (stories: FriendsSnapFrame['stories']) => stories.map(({ add }) => add.id);
const newestFirst = (stories: readonly { id: string }[]) => stories.map(({ id }) => id).toReversed();

describe('Friends of an event that began before the window', () => {
  it('has 30 stories on a socket and in a poll, with what is said of them', async () => {
    const { stories } = await join('vera');
    expect(ids(stories)).toEqual(newestFirst(old).slice(0, 30));
    expect((await poll('vera')).stories).toEqual(stories);
    expect(stories[0]).toMatchObject({ commentCount: 5, likes: 7 });
    expect(stories[0]!.comments.map(({ id }) => id)).toEqual(comments.slice(-3).map(({ id }) => id));
  });

  it('shows each viewer the stories of their own friends, whatever their audience', async () => {
    expect(ids((await join('walt')).stories)).toEqual(newestFirst(ofAda()));
    expect(ids((await join('stranger')).stories)).toHaveLength(30);
    expect((await join('nobody')).stories).toEqual([]);
  });

  it('stands in the order that is asked for', async () => {
    const first = old[11]!;
    const likes = { of: first.id, ofAuthor: 'ada', comments: 0, likes: 1_000_000, asOf: comments.at(-1)!.seq + 1 };
    await harness.write(EVENT, { kind: 'counts', audience: 'everyone', message: likes, id: 'likes' });
    await eventually(async () => ids((await poll('vera', 'top')).stories)[0] === first.id);
    expect((await poll('vera', 'latest')).stories[0]!.add.id).toBe(old.at(-1)!.id);
  });

  it('has nothing that was taken back, also while the view does not know of it', async () => {
    const gone = old.pop()!;
    await harness.retract(EVENT, gone, 'ada');
    const taken = async () => !ids((await poll('vera')).stories).includes(gone.id);
    await eventually(taken);
    expect(ids((await join('xena')).stories)).toEqual(newestFirst(ofAda()));
    expect(ids((await poll('vera')).stories)).toEqual(newestFirst(old).slice(0, 30));
  });

  it('has nothing of somebody who is blocked, from then on', async () => {
    expect((await poll('yuri')).stories.length).toBeGreaterThan(0);
    await harness.pair('block', 'ada', 'yuri');
    expect(await eventually(async () => (await poll('yuri')).stories.length === 0)).toBe(true);
    expect((await join('yuri')).stories).toEqual([]);
  });

  it('is of the window alone while Redis is out, and whole again when it is back', async () => {
    const { stories } = await poll('walt');
    expect(stories.length).toBeGreaterThan(0);
    await redis.kill();
    const fresh = await harness.status(EVENT, 'ada');
    const alone = await eventually(
      async () => {
        const answer = await poll('walt');
        return ids(answer.stories)[0] === fresh.id ? answer : undefined;
      },
      { timeoutMs: 15_000 },
    );
    expect(ids(alone.stories)).toEqual([fresh.id]);
    await redis.restart();
    const whole = async () => (await poll('walt')).stories.length === stories.length + 1;
    expect(await eventually(whole, { timeoutMs: 15_000 })).toBe(true);
  });
});
