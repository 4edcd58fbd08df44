import { CLIENT_FRAME_MAX_BYTES } from '@groundswell/protocol';
import { constants, deflateRawSync } from 'node:zlib';
import { InboundInflate } from './inbound-inflate.js';

const FLUSH = { finishFlush: constants.Z_SYNC_FLUSH };
const deflated = (text: string) => deflateRawSync(text, FLUSH).subarray(0, -4);

function setUp() {
  const closes: (number | undefined)[] = [];
  const inflate = new InboundInflate({ close: (code) => void closes.push(code) });
  const take = (data: Buffer, fin = true) =>
    new Promise<string>((resolve, reject) =>
      inflate.decompress(data, fin, (error, message) => (error ? reject(error) : resolve(message!.toString()))),
    );
  return { inflate, closes, take };
}

describe('InboundInflate', () => {
  it('inflates each message by itself', async () => {
    const { take } = setUp();
    expect(await take(deflated('hello hello hello'))).toBe('hello hello hello');
    expect(await take(deflated('hello hello hello'))).toBe('hello hello hello');
  });

  it('inflates a message whose fragments cut anywhere', async () => {
    const { take } = setUp();
    const bytes = deflated('one '.repeat(50));
    expect(await take(bytes.subarray(0, 1), false)).toBe('');
    expect(await take(bytes.subarray(1, 3), false)).toBe('');
    expect(await take(bytes.subarray(3))).toBe('one '.repeat(50));
    expect(await take(deflated('next'))).toBe('next');
  });

  it('takes a stream that was ended, and an empty message', async () => {
    const { take } = setUp();
    expect(await take(deflateRawSync('ended'))).toBe('ended');
    expect(await take(Buffer.from([0]))).toBe('');
  });

  it('W1: closes with 1009 above the limit, whatever it is compressed to', async () => {
    const { take, closes } = setUp();
    expect(await take(deflated('x'.repeat(CLIENT_FRAME_MAX_BYTES)))).toHaveLength(CLIENT_FRAME_MAX_BYTES);
    await expect(take(deflated('x'.repeat(10_000_000)))).rejects.toMatchObject({ code: 'ERR_BUFFER_TOO_LARGE' });
    expect(closes).toEqual([1009]);
  });

  it('W1: closes with 1007 what is not deflated', async () => {
    const { take, closes } = setUp();
    await expect(take(Buffer.from('plain text'))).rejects.toMatchObject({ code: 'Z_DATA_ERROR' });
    expect(closes).toEqual([1007]);
  });

  it('answers after the call, as the receiver expects', () => {
    const { inflate } = setUp();
    let answered = false;
    inflate.decompress(deflated('x'), true, () => (answered = true));
    expect(answered).toBe(false);
  });
});
