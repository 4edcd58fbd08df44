import type { FeedRecord } from '@groundswell/contracts';
import { itemOps } from './item-ops.js';
import { partitionOf } from './keys.js';
import { socialOps } from './social-ops.js';

describe('socialOps', () => {
  it('gives each member its side, in its own partition', () => {
    const message = { edges: [['a', 'b'] as [string, string]], on: true, mutual: false, at: 1 };
    expect(socialOps({ kind: 'friendship', seq: 9, message })).toEqual([
      { partition: partitionOf('a'), op: { kind: 'side', seq: 9, member: 'a', other: 'b', clear: 0, set: 1 } },
      { partition: partitionOf('b'), op: { kind: 'side', seq: 9, member: 'b', other: 'a', clear: 0, set: 2 } },
    ]);
  });

  it('gives each profile its name and its details, if only to clear them', () => {
    const partition = partitionOf('a');
    const ops = (details: object) =>
      socialOps({ kind: 'profile', seq: 2, message: { profiles: [{ id: 'a', name: 'Ada', ...details }], at: 1 } });
    expect(ops({})).toEqual([
      { partition, op: { kind: 'field', view: 'names', seq: 2, member: 'a', value: 'Ada' } },
      { partition, op: { kind: 'field', view: 'details', seq: 2, member: 'a', value: '' } },
    ]);
    expect(ops({ locale: 'de', avatar: '#aa0011', other: 1 })[1]).toEqual({
      partition,
      op: { kind: 'field', view: 'details', seq: 2, member: 'a', value: '{"avatar":"#aa0011","locale":"de"}' },
    });
  });
});

describe('itemOps', () => {
  const author = { id: 'ada', name: 'Ada' };
  const place = { event: 'final', audience: 'friends' as const };

  it('keeps a status by its id and among its author’s newest', () => {
    const message = { id: 's', at: 5, author, text: 'hi', rev: 1 };
    const ops = itemOps({ ...place, kind: 'status', seq: 7, message });
    expect(ops.map(({ partition, op }) => [partition, op.kind])).toEqual([
      [partitionOf('s'), 'put'],
      [partitionOf('ada'), 'recent'],
    ]);
    const [put] = ops.flatMap(({ op }) => (op.kind === 'put' ? [JSON.parse(op.item) as unknown] : []));
    expect(put).toEqual({ kind: 'status', seq: 7, ...place, ...message });
  });

  it('lists a public status in the history of its event, and no other', () => {
    const message = { id: 's', at: 5, author, text: 'hi', rev: 1 };
    const kinds = (audience: 'everyone' | 'friends') =>
      itemOps({ event: 'final', audience, kind: 'status', seq: 7, message }).map(({ op }) => op.kind);
    expect(kinds('everyone')).toEqual(['put', 'recent', 'list']);
    expect(kinds('friends')).toEqual(['put', 'recent']);
  });

  it('takes a comment back without repeating it', () => {
    const message = { id: 'c', seq: 7, author: 'ada', of: 's', ofAuthor: 'bob', at: 6 };
    const ops = itemOps({ ...place, kind: 'retract', seq: 8, message });
    expect(ops.map(({ op }) => op)).toEqual([
      {
        kind: 'tomb',
        seq: 8,
        event: 'final',
        id: 'c',
        tomb: '{"kind":"tomb","id":"c","event":"final","seq":8,"at":6,"author":"ada"}',
      },
      { kind: 'uncomment', seq: 8, event: 'final', story: { id: 's', author: 'bob', audience: 'friends' }, at: 7 },
      { kind: 'untalk', seq: 8, event: 'final', author: 'bob', of: 's', at: 7 },
    ]);
  });

  it('keeps a comment and the counts where the story’s author is', () => {
    const message = { id: 'c', at: 5, author, text: 'hi', rev: 1, of: 's', ofAuthor: 'bob' };
    const counts = { of: 's', ofAuthor: 'bob', comments: 3, likes: 2, asOf: 6 };
    const ops = [
      ...itemOps({ ...place, kind: 'comment', seq: 7, message }),
      ...itemOps({ ...place, kind: 'counts', seq: 8, message: counts }),
    ];
    expect(ops.map(({ partition, op }) => [partition, op.kind])).toEqual([
      [partitionOf('c'), 'put'],
      [partitionOf('s'), 'comment'],
      [partitionOf('bob'), 'talk'],
      [partitionOf('bob'), 'told'],
    ]);
  });

  it('has nothing to do with ticks', () => {
    expect(itemOps({ ...place, kind: 'tick', seq: 1, message: {} } as unknown as FeedRecord)).toEqual([]);
  });
});
