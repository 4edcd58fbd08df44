import { decodeFrames } from './paper-socket.js';
import { SharedFrame } from './shared-frame.js';

const COMPRESS_MIN_BYTES = 512;

/** JSON of exactly so many bytes, as compressible as text is. */
const json = (bytes: number) => JSON.stringify('goal '.repeat(bytes).slice(0, bytes - 2));

describe('SharedFrame', () => {
  it.each([COMPRESS_MIN_BYTES, 65_535, 65_536, 300_000])('W4: %i bytes are deflated, and read the same', (bytes) => {
    const frame = new SharedFrame(json(bytes), COMPRESS_MIN_BYTES);
    expect(frame.deflated[0]).toBe(0xc1);
    expect(frame.deflated.length).toBeLessThan(frame.plain.length / 5);
    expect(decodeFrames(frame.deflated)).toEqual(decodeFrames(frame.plain));
  });

  it('W4: deflates once', () => {
    const frame = new SharedFrame(json(1_000), COMPRESS_MIN_BYTES);
    expect(frame.deflated).toBe(frame.deflated);
  });

  it('leaves short messages as they are', () => {
    const frame = new SharedFrame(json(COMPRESS_MIN_BYTES - 1), COMPRESS_MIN_BYTES);
    expect(frame.deflated).toBe(frame.plain);
  });

  it('leaves what would become longer as it is', () => {
    let state = 1;
    const noise = Array.from({ length: COMPRESS_MIN_BYTES }, () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return String.fromCodePoint(0x10000 + ((state >>> 12) % 0xf_0000));
    }).join('');
    const frame = new SharedFrame(JSON.stringify(noise.slice(0, COMPRESS_MIN_BYTES)), COMPRESS_MIN_BYTES);
    expect(frame.deflated.length).toBeLessThanOrEqual(frame.plain.length);
  });
});
