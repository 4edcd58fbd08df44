import { Audience, type Stage } from './audience.js';
import { inventCommunity } from './community.js';

const community = inventCommunity(1);

interface Post {
  by: string;
  text: string;
  of?: string;
  audience?: string;
}

/** A stage that stores everything, and time that passes at once. */
function rig(limit: number, fails: (post: number) => boolean = () => false) {
  const posts: Post[] = [];
  const waits: number[] = [];
  let calls = 0;
  let enough: () => void = () => undefined;
  const done = new Promise<void>((resolve) => (enough = resolve));
  const take = async (post: Post) => {
    if (++calls >= limit) enough();
    if (fails(calls)) throw new Error('ingest is away');
    posts.push(post);
    return { id: `item${String(posts.length).padStart(12, '0')}`, seq: posts.length, at: 0 };
  };
  const stage: Stage = {
    postStatus: ({ id }, text, audience) => take({ by: id, text, audience }),
    postComment: ({ id }, of, text) => take({ by: id, text, of }),
  };
  const sleep = async (ms: number) => {
    waits.push(ms);
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { posts, waits, done, audience: new Audience({ seed: 5, community, stage, sleep }) };
}

async function play(limit: number, fails?: (post: number) => boolean) {
  const { posts, waits, done, audience } = rig(limit, fails);
  audience.start();
  await done;
  await audience.stop();
  return { posts: posts.slice(0, limit), waits };
}

describe('Audience', () => {
  it('posts the same with the same seed', async () => {
    const [first, second] = [await play(200), await play(200)];
    expect(first.posts).toEqual(second.posts);
  });

  it('comments on recent statuses, and keeps some for friends', async () => {
    const { posts } = await play(1_500);
    const comments = posts.filter(({ of }) => of !== undefined);
    expect(comments.length / posts.length).toBeGreaterThan(0.15);
    expect(comments.length / posts.length).toBeLessThan(0.25);
    expect(posts.filter(({ audience }) => audience === 'friends').length).toBeGreaterThan(20);
    expect(new Set(posts.map(({ by }) => by)).size).toBeGreaterThan(250);
    // Ids of the stage count from 1.
    const stories = comments.map(({ of }) => posts[Number(of!.slice('item'.length)) - 1]);
    expect(stories.every((story) => story?.audience === 'everyone')).toBe(true);
  });

  it('pauses longer and longer while nothing can be stored, and goes on afterwards', async () => {
    const { posts, waits } = await play(60, (call) => call <= 12);
    expect(Math.max(...waits)).toBeGreaterThan(8_000);
    expect(posts.length).toBeGreaterThan(40);
    expect(waits.at(-1)).toBeLessThan(8_000);
  });

  it('stops at once, also in the middle of a wait', async () => {
    const stage: Stage = {
      postStatus: () => Promise.reject(new Error()),
      postComment: () => Promise.reject(new Error()),
    };
    const sleep = (_: number, signal: AbortSignal) =>
      new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
    const audience = new Audience({ seed: 5, community, stage, sleep });
    audience.start();
    await expect(audience.stop()).resolves.toBeUndefined();
  });
});
