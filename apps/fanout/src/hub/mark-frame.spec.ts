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

  it('goes by the position, the epoch and the tab of each', () => {
    const marks: MarkFrame[] = [];
    for (const count of [9, 10, 123_456]) {
      for (const epoch of [1, 2]) {
        for (const n of [7, 8]) {
          marks.push({ t: 'mark', tab: 'everyone', cursor: { epoch, n }, count });
          marks.push({ t: 'mark', tab: 'friends', cursor: { epoch, seq: n }, count });
        }
      }
    }
    expect(marks.map((mark) => markFrame(mark))).toEqual(marks.map((mark) => textFrame(JSON.stringify(mark))));
    expect(marks.map((mark) => markFrame({ ...mark, count: 0 }))).toEqual(
      marks.map((mark) => textFrame(JSON.stringify({ ...mark, count: 0 }))),
    );
  });
});
