import type { AddOp, CommentOp, FriendsSnapFrame, ItemFrame, SegFrame } from '@groundswell/protocol';
import { itemJson, segmentJson, snapshotJson } from './render-frames.js';
import { renderOp } from './render-op.js';

const add: AddOp = {
  t: 'add',
  id: 'a'.repeat(16),
  seq: 7,
  at: 5,
  author: { id: 'ada', name: 'Ada "Å" 😀' },
  text: 'é #x\n',
  rev: 1,
};
const comment: CommentOp = {
  t: 'comment',
  id: 'b'.repeat(16),
  of: add.id,
  seq: 8,
  at: 6,
  author: add.author,
  text: 'ok',
  rev: 1,
};

describe('frames', () => {
  it('are the JSON of the frame types', () => {
    const ops = [renderOp(add), renderOp(comment)];
    const seg: SegFrame = {
      t: 'seg',
      epoch: 1,
      n: 2,
      seq: [3, 9],
      at: 4,
      seen: 2,
      shown: 2,
      ops: ops.map(({ op }) => op),
    };
    expect(JSON.parse(segmentJson({ ...seg, ops }))).toEqual(seg);

    const item: ItemFrame = { t: 'item', seq: 8, op: comment };
    expect(JSON.parse(itemJson(8, ops[1]!))).toEqual(item);

    const snap: FriendsSnapFrame = {
      t: 'snap',
      tab: 'friends',
      cursor: { epoch: 1, seq: 9 },
      stories: [
        {
          add: { ...add, facets: [{ kind: 'tag', start: 2, end: 4 }] },
          comments: [comment],
          commentCount: 12,
          likes: 3,
        },
      ],
    };
    const parts = { add: renderOp(add), comments: [renderOp(comment)], commentCount: 12, likes: 3 };
    expect(JSON.parse(snapshotJson('friends', snap.cursor, { stories: [parts] }))).toEqual(snap);
    const pinned = { stories: [], pinned: [renderOp(add)] };
    expect(JSON.parse(snapshotJson('everyone', { epoch: 1, n: 2 }, pinned))).toMatchObject({
      stories: [],
      pinned: [renderOp(add).op],
    });
  });

  it('know their size in bytes', () => {
    for (const op of [add, comment]) {
      const rendered = renderOp(op);
      expect(rendered.bytes).toBe(new TextEncoder().encode(rendered.json).length);
    }
  });
});
