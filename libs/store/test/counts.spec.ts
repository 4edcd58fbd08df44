import { useRedis } from '@groundswell/testing';
import {
  applySlices,
  itemOps,
  reactOps,
  readCounts,
  settleCounts,
  untoldStories,
  type RoutedOp,
  type StoredCounts,
} from '../src/index.js';
import { slicesOf, useStore } from './stack.js';

describe('counts', () => {
  const server = useRedis({ appendonly: false });
  const stack = useStore(server);
  let seq = 0;
  beforeEach(() => {
    seq = 0;
  });

  /** Applies what the next message changes. */
  async function next(ops: (at: number) => RoutedOp[]): Promise<number> {
    const at = ++seq;
    await applySlices(stack.store, { log: 'EVENTS', created: 1, slices: slicesOf(ops(at), at - 1, at) });
    return at;
  }
  const like = (member: string, on = true, of = 'story') =>
    next((at) =>
      reactOps({
        kind: 'react',
        event: 'final',
        seq: at,
        message: { of, ofAuthor: 'ada', audience: 'friends', member, on, at: 1 },
      }),
    );
  const place = { event: 'final', audience: 'everyone' as const };
  const comment = (id: string) =>
    next((at) => {
      const author = { id: 'ben', name: 'Ben' };
      const message = { id, at: 1, author, text: 'x', rev: 1, of: 'story', ofAuthor: 'ada' };
      return itemOps({ ...place, kind: 'comment', seq: at, message });
    });
  const takeBack = (id: string, position: number) =>
    next((at) => {
      const message = { id, seq: position, author: 'ben', of: 'story', ofAuthor: 'ada', at: 1 };
      return itemOps({ ...place, kind: 'retract', seq: at, message });
    });
  const counts = async (): Promise<StoredCounts | undefined> =>
    (await readCounts(stack.store, [{ event: 'final', story: 'story' }]))[0];

  it('counts each member once, whatever it says how often', async () => {
    await like('ben');
    await like('ben');
    await like('cy');
    await like('cy', false);
    await like('dan', false);
    expect(await counts()).toEqual({
      event: 'final',
      story: 'story',
      author: 'ada',
      audience: 'friends',
      comments: 0,
      likes: 1,
      asOf: 5,
    });
  });

  it('counts every comment, also those that are no longer kept, and each taking back once', async () => {
    const first = await comment('c0');
    for (let i = 1; i < 60; i++) await comment(`c${i}`);
    expect(await counts()).toMatchObject({ comments: 60 });
    await takeBack('c0', first);
    await takeBack('c0', first);
    expect(await counts()).toMatchObject({ comments: 59 });
  });

  it('knows what has not been told, and forgets it when told unless it has changed since', async () => {
    expect(await untoldStories(stack.store, 10)).toEqual([]);
    await like('ben');
    await like('ben', true, 'other');
    expect(await untoldStories(stack.store, 10)).toHaveLength(2);
    const told = (await counts())!;
    await like('cy');
    await settleCounts(stack.store, [told]);
    expect(await untoldStories(stack.store, 10)).toHaveLength(2);
    await settleCounts(stack.store, [(await counts())!]);
    expect(await untoldStories(stack.store, 10)).toEqual([{ event: 'final', story: 'other' }]);
  });

  it('is not told again of a like that changes nothing', async () => {
    await like('ben');
    await settleCounts(stack.store, [(await counts())!]);
    await like('ben');
    expect(await untoldStories(stack.store, 10)).toEqual([]);
  });

  it('has none of a story that nobody has counted', async () => {
    expect(await readCounts(stack.store, [{ event: 'final', story: 'unknown' }])).toEqual([]);
  });
});
