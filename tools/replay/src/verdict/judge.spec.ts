import type { Plan } from '../plan/plan.js';
import type { Received, ReceivedSnapshot } from '../watch/viewer.js';
import { Expectation } from './expectation.js';
import { judge, type Testimony } from './judge.js';
import { checkChain, checkLog } from './log-check.js';
import { changeSubstance, substance } from './substance.js';

/** vera is a friend of ada; ada, ben and cleo write. */
const plan: Plan = {
  members: [],
  edges: [['vera', 'ada']],
  posts: [
    { at: 0, author: 'ada', text: 'zero', refused: false },
    { at: 1, author: 'ben', text: 'one', refused: false },
    { at: 2, author: 'ben', text: 'two', refused: false, root: 0 },
    { at: 3, author: 'ada', text: 'three', refused: false, root: 1 },
    { at: 4, author: 'cleo', text: 'four', refused: false, root: 1 },
    { at: 5, author: 'vera', text: 'five', refused: false },
  ],
};
const accepted = plan.posts.map((_, index) => ({ index, id: `id${index}`, seq: 10 + index * 2 }));
const expectation = new Expectation(plan, accepted);

const received = (index: number): Received => ({
  id: `id${index}`,
  seq: 10 + index * 2,
  text: plan.posts[index]!.text,
});
const empty = (tab: 'everyone' | 'friends'): ReceivedSnapshot => ({ tab, position: 0, stories: [], at: 0 });
const good: Testimony = {
  member: 'vera',
  everyone: [0, 1, 2, 3, 4, 5].map(received),
  friends: [0, 2, 3, 5].map(received),
  snapshots: [empty('everyone'), empty('friends')],
  complaints: [],
  counts: [],
  arrivals: [],
  resumes: [],
  hidden: [],
};
const verdict = (change: Partial<Testimony>) =>
  judge({ ...good, ...change }, expectation, (n) => (n === 0 ? 0 : undefined)).faults;

describe('judge', () => {
  it('finds nothing when everything came', () => {
    expect(verdict({})).toEqual([]);
  });

  it.each<[string, Partial<Testimony>, string]>([
    ['a lost item', { friends: [0, 2, 5].map(received) }, 'friends: 1 of 4 were lost'],
    ['a repeated item', { everyone: [0, 1, 1, 2, 3, 4, 5].map(received) }, 'everyone: id1 came twice'],
    ['items out of order', { everyone: [1, 0, 2, 3, 4, 5].map(received) }, 'everyone: id0 at 10 came after 12'],
    ['a leaked item', { friends: [0, 1, 2, 3, 5].map(received) }, 'friends: id1 at 12 was not for this viewer'],
    [
      'another text',
      { friends: [{ ...received(0), text: 'nil' }, ...[2, 3, 5].map(received)] },
      'another position or text',
    ],
    ['no beginning', { snapshots: [empty('friends')] }, 'everyone: never began with a snapshot'],
    [
      'a snapshot that lacks stories',
      { snapshots: [empty('everyone'), { ...empty('friends'), position: 11 }] },
      'differ',
    ],
    ['somebody hidden without reason', { hidden: ['ada'] }, 'hide: told 1 in the end ([ada]), due are []'],
    ['a list of whom to hide that never came', { hidden: undefined }, 'hide: never told whom'],
    ['a complaint', { complaints: ['gap'] }, 'gap'],
  ])('finds %s', (_, change, fault) => {
    expect(verdict(change)).toContainEqual(expect.stringContaining(fault));
  });

  it('does not judge a visitor by Friends', () => {
    expect(judge({ ...good, member: undefined, friends: [] }, expectation, () => 0).faults).toEqual([]);
  });

  it('lets a later snapshot make good what a skip left out, and nothing else', () => {
    const author = { id: 'ada', name: 'ada' };
    const add = { t: 'add' as const, id: 'id0', seq: 10, at: 0, author, text: 'zero', rev: 1 };
    const late: ReceivedSnapshot = {
      tab: 'friends',
      position: 11,
      at: 0,
      stories: [{ add, comments: [], commentCount: 0, likes: 0 }],
    };
    const snapshots = [...good.snapshots, late];
    expect(verdict({ snapshots, friends: [2, 3, 5].map(received) })).toEqual([]);
    expect(verdict({ snapshots, friends: [3, 5].map(received) })).toEqual([
      'friends: 1 of 4 were lost, the first at 14 by ben',
    ]);
  });
});

describe('checkLog', () => {
  const log = (entries: [string, number[]][]) => ({ positions: new Map(entries) });
  const answered = [{ index: 0, id: 'a', seq: 1 }];

  it('wants every answered post once, where the answer says, and nothing else', () => {
    expect(checkLog(log([['a', [1]]]), answered)).toEqual([]);
    expect(checkLog(log([]), answered)).toHaveLength(1);
    expect(checkLog(log([['a', [1, 2]]]), answered)).toHaveLength(1);
    expect(checkLog(log([['a', [2]]]), answered)).toHaveLength(1);
    expect(
      checkLog(
        log([
          ['a', [1]],
          ['b', [2]],
        ]),
        answered,
      ),
    ).toEqual(['log: b was never answered']);
  });
});

describe('checkChain', () => {
  const items = new Expectation({ edges: [], posts: [{ ...plan.posts[0]!, audience: 'friends' }] }, [accepted[0]!])
    .items;
  const valid = [{ n: 1, seq: 5, social: 0 }];

  it('finds an item that stands where others may read it, and a tick that does not count', () => {
    const log = { audiences: new Map([['id0', 'friends' as const]]), valid };
    expect(checkChain(log, items, new Map([[1, 5]]))).toEqual([]);
    expect(checkChain({ ...log, audiences: new Map([['id0', 'everyone']]) }, items, new Map())).toHaveLength(1);
    expect(checkChain(log, items, new Map([[1, 6]]))).toEqual(['log: viewers got tick 1 at 6, the chain has it at 5']);
  });
});

describe('substance', () => {
  const viewers = (touched: number, mayAbsent = 1) =>
    Array.from({ length: 50 }, (_, i) => ({ changed: i < touched ? 3 : 0, maySeen: 1, mayAbsent }));

  it('fails a run in which changes made no difference to nine viewers in ten', () => {
    expect(changeSubstance(viewers(5))).toEqual([]);
    expect(changeSubstance(viewers(4))).toEqual([expect.stringContaining('8.0 % of the viewers')]);
  });

  it('fails a run in which whatever was taken away waited for its tick', () => {
    expect(changeSubstance(viewers(5, 0))).toEqual([expect.stringContaining('nothing acted at once')]);
    expect(changeSubstance(viewers(5, 0).slice(0, 49))).toEqual([]);
  });

  it('fails a run in which the viewers had little to get', () => {
    expect(substance(['vera', 'nobody'], expectation).faults).toEqual([
      expect.stringContaining('fewer than 20'),
      expect.stringContaining('50 % of the viewers'),
    ]);
  });
});
