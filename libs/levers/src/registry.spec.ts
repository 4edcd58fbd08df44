import { describeRange } from './lever.js';
import { DEFAULT_LEVERS, findLever, LEVERS, segmentLevers, type Levers, type SegmentLevers } from './registry.js';

describe('the registry', () => {
  it('has each lever once, with a family and a name, and a default that it would accept', () => {
    const keys = LEVERS.map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys.filter((key) => !/^[a-z]+\.[a-z_]+$/.test(key))).toEqual([]);
    expect(Object.keys(DEFAULT_LEVERS)).toEqual(keys);
  });

  it('finds levers by key, and nothing that objects have by nature', () => {
    expect(findLever('poll.jitter')).toMatchObject({ default: 0.2, effect: 'none' });
    expect([findLever('poll'), findLever('constructor'), findLever('')]).toEqual([undefined, undefined, undefined]);
  });

  it('says what a lever takes', () => {
    expect(['sse.enabled', 'everyone.mode', 'everyone.segment_ms', 'everyone.author_decay'].map(rangeOf)).toEqual([
      'true or false',
      'one of all, top, paused',
      'a whole number from 250 to 10000 (ms)',
      'a number from 0 to 1',
    ]);
  });

  it('has types that follow from the list', () => {
    const levers: Levers = DEFAULT_LEVERS;
    const mode: 'all' | 'top' | 'paused' = levers['everyone.mode'];
    const enabled: boolean = levers['everyone.enabled'];
    const segmentMs: number = levers['everyone.segment_ms'];
    // @ts-expect-error: an epoch is no part of a segment's levers
    const stray: keyof SegmentLevers = 'everyone.epoch';
    expect([mode, enabled, segmentMs, stray]).toEqual(['all', true, 1000, 'everyone.epoch']);
  });
});

describe('segmentLevers', () => {
  it('has the same bytes whatever the order in which values came', () => {
    const backwards = Object.fromEntries(Object.entries(DEFAULT_LEVERS).toReversed()) as unknown as Levers;
    const text = JSON.stringify(segmentLevers(DEFAULT_LEVERS));
    expect(JSON.stringify(segmentLevers(backwards))).toBe(text);
    expect(text.startsWith('{"comments.checked_stories":300,')).toBe(true);
  });

  it('has every lever of content and no other', () => {
    const wanted = LEVERS.filter(({ effect }) => effect === 'segment').map(({ key }) => key);
    expect(Object.keys(segmentLevers(DEFAULT_LEVERS))).toEqual(wanted.toSorted());
    expect(wanted).toContain('everyone.segment_ms');
    expect(wanted).not.toContain('page.max_behind');
  });
});

function rangeOf(key: string): string {
  return describeRange(findLever(key)!);
}
