import { jest } from '@jest/globals';
import { add } from '../../test/entries.js';
import { BatchedTimeline } from './batched-timeline.js';

describe('BatchedTimeline', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  const item = (seq: number) => ({ t: 'item', frame: { t: 'item', seq, op: add(seq) } }) as const;

  it('tells at once when it was quiet, and once a batch when it is busy', () => {
    const timeline = new BatchedTimeline('friends', 250);
    const sizes: number[] = [];
    timeline.subscribe(() => sizes.push(timeline.view().entries.length));
    timeline.take(item(1));
    timeline.take(item(2));
    timeline.take(item(3));
    expect(sizes).toEqual([1]);
    jest.advanceTimersByTime(250);
    expect(sizes).toEqual([1, 3]);
    jest.advanceTimersByTime(1_000);
    timeline.take(item(4));
    expect(sizes).toEqual([1, 3, 4]);
  });

  it('shows the same view between two notifications', () => {
    const timeline = new BatchedTimeline('friends', 250);
    timeline.take(item(1));
    const view = timeline.view();
    timeline.take(item(2));
    expect(timeline.view()).toBe(view);
    expect(view.covers('story-2', 2)).toBe(true);
  });
});
