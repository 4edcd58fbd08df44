import { everyoneSnap, friendsMark, item, segment, welcome } from '../../test/model-ops.js';
import { parseFrame } from './parse-frame.js';

describe('parseFrame', () => {
  it('takes every frame of the protocol', () => {
    const frames = [
      welcome(),
      segment(1),
      item(4),
      everyoneSnap(3),
      friendsMark(3, 0),
      { t: 'skip', tab: 'everyone', from: 1, to: 9, missed: 8 },
      { t: 'reset', tab: 'friends', reason: 'epoch' },
      { t: 'bye', code: 'drain', afterMs: 5 },
      { t: 'error', code: 'hello_first', message: 'x' },
      { t: 'pong' },
    ];
    for (const frame of frames) expect(parseFrame(JSON.stringify(frame))).toEqual({ t: 'frame', frame });
  });

  it('passes over frames of a later version', () => {
    expect(parseFrame('{"t":"sparkle"}')).toEqual({ t: 'unknown' });
  });

  it.each([
    [new ArrayBuffer(2), 'a binary frame'],
    ['{', 'a frame that is not JSON'],
    ['[]', 'a frame without "t"'],
    ['{"t":3}', 'a frame without "t"'],
    [JSON.stringify({ ...segment(1), n: -1 }), 'a "seg" frame with a field missing or of the wrong type'],
    [
      JSON.stringify({ ...friendsMark(1, 0), cursor: { epoch: 1, n: 1 } }),
      'a "mark" frame with a field missing or of the wrong type',
    ],
    [JSON.stringify({ ...welcome(), levers: {} }), 'a "welcome" frame with a field missing or of the wrong type'],
  ])('names what is wrong with %p', (data, message) => {
    expect(parseFrame(data)).toEqual({ t: 'bad', message });
  });
});
