import { FrameRefused, FrameScanner, HEAD_BYTES, type ScannedFrame } from './frame-scanner.js';

function serverFrame(opcode: number, payload: Buffer, first = 0x80): Buffer {
  const { length } = payload;
  const header = length < 126 ? Buffer.from([first | opcode, length]) : Buffer.alloc(length < 65_536 ? 4 : 10);
  if (length >= 126) {
    header[0] = first | opcode;
    header[1] = length < 65_536 ? 126 : 127;
    if (length < 65_536) header.writeUInt16BE(length, 2);
    else header.writeBigUInt64BE(BigInt(length), 2);
  }
  return Buffer.concat([header, payload]);
}

function scanned(chunks: Buffer[], whole = false): (Omit<ScannedFrame, 'head'> & { head: string })[] {
  const frames: (Omit<ScannedFrame, 'head'> & { head: string })[] = [];
  const scanner = new FrameScanner((frame) => frames.push({ ...frame, head: frame.head.toString() }), whole);
  for (const chunk of chunks) scanner.take(chunk);
  return frames;
}

const SIZES = [0, 1, 125, 126, 65_535, 65_536];

describe('FrameScanner', () => {
  const payloads = SIZES.map((size) => Buffer.alloc(size, 'x'));
  const stream = Buffer.concat(payloads.map((payload) => serverFrame(1, payload)));
  const wire = [2, 3, 127, 130, 65_539, 65_546];

  it.each([[1], [7], [1_000], [1_000_000]])('finds every frame in pieces of %d bytes', (size) => {
    const chunks: Buffer[] = [];
    for (let at = 0; at < stream.length; at += size) chunks.push(stream.subarray(at, at + size));
    const frames = scanned(chunks, true);
    expect(frames.map(({ bytes }) => bytes)).toEqual(wire);
    expect(frames.map(({ payload }) => payload!.length)).toEqual(SIZES);
  });

  it('keeps the beginning only, unless all is wanted', () => {
    const [frame] = scanned([serverFrame(1, Buffer.alloc(1_000, 'y'))]);
    expect(frame!.head).toBe('y'.repeat(HEAD_BYTES));
    expect(frame!.payload).toBeUndefined();
  });

  it('tells opcode and compression', () => {
    const frames = scanned([serverFrame(9, Buffer.from('p')), serverFrame(1, Buffer.from('c'), 0xc0)]);
    expect(frames.map(({ opcode, compressed }) => [opcode, compressed])).toEqual([
      [9, false],
      [1, true],
    ]);
  });

  it('refuses what servers do not send here', () => {
    expect(() => scanned([Buffer.from([0x81, 0x81])])).toThrow(FrameRefused);
    expect(() => scanned([Buffer.from([0x01, 0x01])])).toThrow('fragments');
  });
});
