import type { MarkFrame } from '@groundswell/protocol';
import { markFrame } from './mark-frame.js';
import { textFrame } from './text-frame.js';

const MOST = Number.MAX_SAFE_INTEGER;

describe('markFrame', () => {
  it.each<MarkFrame>([
    { t: 'mark', tab: 'everyone', cursor: { epoch: 0, n: 0 }, count: 0 },
    { t: 'mark', tab: 'friends', cursor: { epoch: 7, seq: 12 }, count: 3 },
    { t: 'mark', tab: 'everyone', cursor: { epoch: MOST, n: MOST }, count: MOST },
    { t: 'mark', tab: 'friends', cursor: { epoch: MOST, seq: MOST }, count: MOST },
  ])('is the frame of the JSON of %j', (mark) => {
    expect(markFrame(mark)).toEqual(textFrame(JSON.stringify(mark)));
  });
});
