import { add, comment, item, itemId, segment, story } from '../../test/model-ops.js';
import type { Entry } from './entries.js';
import { Timeline } from './timeline.js';

const ids = (timeline: Timeline): string[] => timeline.entries().map(({ id }) => id);
const first = (timeline: Timeline): Entry => timeline.entries()[0]!;

describe('Timeline', () => {
  it('shows the newest first', () => {
    const timeline = new Timeline('everyone');
    timeline.apply([add(1), add(2)]);
    timeline.apply([add(3)]);
    expect(ids(timeline)).toEqual([3, 2, 1].map(itemId));
  });

  it('W2: applies an op that is seen twice once, and counts it', () => {
    const timeline = new Timeline('everyone');
    timeline.apply([add(1), comment(2, itemId(1)), add(1), comment(2, itemId(1))]);
    expect(first(timeline)).toMatchObject({ commentCount: 1, comments: [{ id: itemId(2) }] });
    expect(timeline.duplicates).toBe(2);
  });

  it('a higher rev replaces in place, a lower one is left out', () => {
    const timeline = new Timeline('everyone');
    timeline.apply([add(1), comment(2, itemId(1)), add(3)]);
    timeline.apply([
      add(1, { rev: 2, text: 'second' }),
      add(1, { rev: 1 }),
      comment(2, itemId(1), { rev: 2, text: 'new' }),
    ]);
    expect(timeline.entries()[1]).toMatchObject({
      add: { text: 'second' },
      comments: [{ text: 'new' }],
      commentCount: 1,
    });
  });

  it('replaces only the entry that changes', () => {
    const timeline = new Timeline('everyone');
    timeline.apply([add(1), add(2)]);
    const [two, one] = timeline.entries();
    timeline.apply([comment(3, itemId(1))]);
    expect(timeline.entries()[0]).toBe(two);
    expect(timeline.entries()[1]).not.toBe(one);
  });

  it('gives the same list until something changes, and tells subscribers once a batch', () => {
    const timeline = new Timeline('everyone');
    let told = 0;
    const end = timeline.subscribe(() => told++);
    timeline.apply([add(1), add(2)]);
    const list = timeline.entries();
    timeline.apply([add(2)]);
    expect(timeline.entries()).toBe(list);
    expect([told, timeline.version]).toEqual([1, 1]);
    end();
    timeline.apply([add(3)]);
    expect(told).toBe(1);
  });

  it('holds no more entries and comments than it may', () => {
    const timeline = new Timeline('everyone', { maxItems: 3, maxComments: 2 });
    for (let seq = 1; seq <= 5; seq++) timeline.apply([add(seq)]);
    timeline.apply([6, 7, 8].map((seq) => comment(seq, itemId(5))));
    expect(ids(timeline)).toEqual([5, 4, 3].map(itemId));
    expect(first(timeline)).toMatchObject({ commentCount: 3, comments: [{ seq: 7 }, { seq: 8 }] });
    expect([timeline.has(itemId(1)), timeline.has(itemId(6)), timeline.has(itemId(8))]).toEqual([false, false, true]);
  });

  it('keeps what is pinned beside its entries, until that is taken back, unpinned, or replaced', () => {
    const timeline = new Timeline('everyone', { maxItems: 1 });
    let told = 0;
    timeline.subscribe(() => told++);
    const pinned = () => timeline.pinned.map(({ id }) => id);
    timeline.apply([add(1), { t: 'pin', stories: [add(3), add(1), add(2)] }, add(4)]);
    expect([pinned(), ids(timeline)]).toEqual([[3, 1, 2].map(itemId), [itemId(4)]]);
    timeline.apply([{ t: 'tomb', id: itemId(1) }]);
    expect([pinned(), told]).toEqual([[3, 2].map(itemId), 2]);
    timeline.apply([{ t: 'pin', stories: [add(1), add(2)] }]);
    expect(pinned()).toEqual([itemId(2)]);
    timeline.replace([], [add(5), add(1)]);
    expect(pinned()).toEqual([itemId(5)]);
    timeline.clear();
    expect(pinned()).toEqual([]);
  });

  it('shows the newest counts, whatever their order, and never fewer comments than it holds', () => {
    const timeline = new Timeline('everyone');
    const counts = (likes: number, comments: number, asOf: number) =>
      ({ t: 'counts', of: itemId(1), likes, comments, asOf }) as const;
    timeline.apply([add(1), counts(2, 7, 20), counts(1, 5, 10)]);
    expect(first(timeline)).toMatchObject({ likes: 2, commentCount: 7 });
    timeline.apply([comment(21, itemId(1))]);
    expect(first(timeline)).toMatchObject({ likes: 2, commentCount: 8 });
    timeline.apply([counts(0, 0, 30)]);
    expect(first(timeline)).toMatchObject({ likes: 0, commentCount: 1 });
    timeline.apply([{ ...counts(9, 9, 40), of: itemId(9) }]);
    expect(timeline.size).toBe(1);
  });

  it('a tomb takes a story with its comments, or one comment', () => {
    const timeline = new Timeline('everyone');
    timeline.apply([add(1), comment(2, itemId(1)), comment(3, itemId(1)), { t: 'tomb', id: itemId(2) }]);
    expect(first(timeline)).toMatchObject({ commentCount: 1, comments: [{ seq: 3 }] });
    timeline.apply([{ t: 'tomb', id: itemId(1) }]);
    expect([timeline.size, timeline.has(itemId(3))]).toEqual([0, false]);
  });

  it('what was taken back does not return, from an op or from a snapshot', () => {
    const timeline = new Timeline('friends');
    timeline.apply([{ t: 'tomb', id: itemId(1) }, add(1), comment(2, itemId(1))]);
    timeline.replace([story(1)]);
    expect(timeline.size).toBe(0);
  });

  it('comments on stories that are not held stand alone in Friends and are left out of Everyone', () => {
    const everyone = new Timeline('everyone');
    const friends = new Timeline('friends');
    for (const timeline of [everyone, friends]) timeline.apply([comment(2, itemId(1)), comment(2, itemId(1))]);
    expect(everyone.size).toBe(0);
    expect(first(friends)).toMatchObject({ t: 'comment', comment: { of: itemId(1) } });
    expect(friends.duplicates).toBe(1);
    friends.apply([{ t: 'tomb', id: itemId(1) }]);
    expect(friends.size).toBe(0);
  });

  it('W5: a snapshot replaces everything, N3: a reset clears', () => {
    const timeline = new Timeline('everyone');
    timeline.apply([add(1)]);
    timeline.replace([story(9), story(8)]);
    expect(ids(timeline)).toEqual([9, 8].map(itemId));
    timeline.take({ t: 'reset', frame: { t: 'reset', tab: 'friends', reason: 'epoch' } });
    expect(timeline.size).toBe(2);
    timeline.take({ t: 'reset', frame: { t: 'reset', tab: 'everyone', reason: 'epoch' } });
    expect(timeline.size).toBe(0);
  });

  it('H6: takes what a head says was taken down, again and again, and keeps it out of a snapshot from before', () => {
    const timeline = new Timeline('everyone');
    timeline.apply([add(1), add(2)]);
    for (let i = 0; i < 2; i++) timeline.take({ t: 'tombs', ids: [itemId(1), itemId(4)] });
    expect([ids(timeline), timeline.duplicates]).toEqual([[itemId(2)], 0]);
    const comments = [comment(4, itemId(3)), comment(5, itemId(3))];
    timeline.replace([{ ...story(3), comments, commentCount: 2 }, story(1)]);
    expect(ids(timeline)).toEqual([itemId(3)]);
    expect(first(timeline)).toMatchObject({ commentCount: 1, comments: [{ id: itemId(5) }] });
  });

  it('takes from the feed what is of its tab, and knows how far it got', () => {
    const everyone = new Timeline('everyone');
    const friends = new Timeline('friends');
    for (const timeline of [everyone, friends]) {
      timeline.take({ t: 'seg', frame: { ...segment(2), seq: [11, 25] } });
      timeline.take({ t: 'item', frame: item(33) });
    }
    expect([ids(everyone), everyone.seq]).toEqual([[itemId(20)], 25]);
    expect([ids(friends), friends.seq]).toEqual([[itemId(33)], 33]);
    expect(friends.added).toBe(1);
  });

  it('refuses a size that makes no sense', () => {
    expect(() => new Timeline('everyone', { maxItems: 0 })).toThrow('maxItems must be a whole number of 1 or more.');
  });
});

describe('W9: hidden authors', () => {
  const by = (id: string) => ({ author: { id, name: id } });
  const hide = (timeline: Timeline, ...authors: string[]) =>
    timeline.take({ t: 'hide', frame: { t: 'hide', authors } });

  it('are not shown, nor what they say below others, until they are shown again', () => {
    const timeline = new Timeline('everyone');
    timeline.apply([
      add(1, by('ada')),
      add(2, by('ben')),
      comment(3, itemId(1), by('ben')),
      comment(4, itemId(1), by('cleo')),
    ]);
    let told = 0;
    timeline.subscribe(() => told++);
    hide(timeline, 'ben');
    expect([ids(timeline), told]).toEqual([[itemId(1)], 1]);
    expect(first(timeline)).toMatchObject({ comments: [{ id: itemId(4) }] });
    timeline.apply([add(5, by('ben'))]);
    expect(ids(timeline)).toEqual([itemId(1)]);
    hide(timeline);
    expect(ids(timeline)).toEqual([5, 2, 1].map(itemId));
  });

  it('are left out of what is pinned and of loose comments', () => {
    const timeline = new Timeline('everyone');
    timeline.replace([], [add(1, by('ada')), add(2, by('ben'))]);
    hide(timeline, 'ada');
    expect(timeline.pinned.map(({ id }) => id)).toEqual([itemId(2)]);
    const friends = new Timeline('friends');
    friends.apply([comment(7, itemId(1), by('ada'))]);
    expect(ids(friends)).toEqual([itemId(7)]);
    hide(friends, 'ada');
    expect(ids(friends)).toEqual([]);
  });
});
