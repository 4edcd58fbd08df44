import { decodeFrames } from './paper-socket.js';
import { frameToKeep, textFrame } from './text-frame.js';

describe('textFrame', () => {
  it.each([0, 100, 125, 126, 65_535, 65_536, 200_000])('frames %i bytes as RFC 6455 says', (size) => {
    const text = JSON.stringify('é'.repeat(size / 2));
    const frame = textFrame(text);
    expect(decodeFrames(frame)).toEqual([JSON.parse(text)]);
    const length = Buffer.byteLength(text);
    expect(frame.length).toBe(length + (length < 126 ? 2 : length < 65_536 ? 4 : 10));
  });
});

describe('frameToKeep', () => {
  it('has the same bytes, and no more memory than them', () => {
    const frame = textFrame('[]');
    const kept = frameToKeep(frame);
    expect(kept.equals(frame)).toBe(true);
    expect(kept.buffer.byteLength).toBe(frame.length);
  });
});
