import { constants, deflateRawSync } from 'node:zlib';
import { clientFrame, HeadTexts, payloadText, TEXT } from './client-frames.js';

/** What a server reads: the payload without its mask. */
function unmask(frame: Buffer): Buffer {
  const start = (frame[1]! & 0x7f) === 126 ? 4 : 2;
  const mask = frame.subarray(start, start + 4);
  return Buffer.from(frame.subarray(start + 4).map((byte, i) => byte ^ mask[i & 3]!));
}

describe('clientFrame', () => {
  it.each([[5], [125], [126], [5_000]])('masks %d bytes', (size) => {
    const content = Buffer.alloc(size, 'a');
    const frame = clientFrame(TEXT, content);
    expect(frame[0]).toBe(0x81);
    expect(frame[1]! & 0x80).toBe(0x80);
    expect(unmask(frame)).toEqual(content);
  });

  it('compresses the way of permessage-deflate', () => {
    const frame = clientFrame(TEXT, Buffer.from('hello hello hello'), true);
    expect(frame[0]).toBe(0xc1);
    expect(payloadText(unmask(frame), true)).toBe('hello hello hello');
  });

  it('refuses what no client of the swarm says', () => {
    expect(() => clientFrame(TEXT, Buffer.alloc(70_000))).toThrow(RangeError);
  });
});

describe('HeadTexts', () => {
  it('reads each beginning, however often it comes', () => {
    const texts = new HeadTexts();
    const deflated = (text: string) => deflateRawSync(text, { finishFlush: constants.Z_SYNC_FLUSH });
    // The scanner hands on one buffer again and again.
    const head = Buffer.alloc(40);
    const read = (text: string) => texts.read(head.subarray(0, deflated(text).copy(head)), true);
    expect([read('one'), read('one'), read('two'), read('one')]).toEqual(['one', 'one', 'two', 'one']);
    expect(texts.read(Buffer.from('plain'), false)).toBe('plain');
  });
});

describe('payloadText', () => {
  it('reads the beginning of a compressed message', () => {
    const text = JSON.stringify({ t: 'seg', n: 1, ops: Array.from({ length: 200 }, (_, i) => `status ${i}`) });
    const payload = deflateRawSync(Buffer.from(text), { finishFlush: constants.Z_SYNC_FLUSH });
    const start = payloadText(payload.subarray(0, 100), true);
    expect(start.length).toBeGreaterThan(20);
    expect(text.startsWith(start)).toBe(true);
  });
});
