import { randomBytes } from 'node:crypto';
import { seal, SEAL_KEY_BYTES, SealBroken, unseal } from './sealed-box.js';

describe('a sealed box', () => {
  const key = randomBytes(SEAL_KEY_BYTES);
  const content = { email: 'ada@example.org', text: 'ü😀' };

  it('gives back what was put in, and shows nothing of it', async () => {
    const box = await seal(key, 'address:m1', content);
    expect(await unseal(key, 'address:m1', box)).toEqual(content);
    expect(Buffer.from(box.split('.').join(''), 'base64url').toString('latin1')).not.toContain('ada@');
    expect(await seal(key, 'address:m1', content)).not.toBe(box);
  });

  it('cannot be opened with another key', async () => {
    const box = await seal(key, 'address:m1', content);
    await expect(unseal(randomBytes(SEAL_KEY_BYTES), 'address:m1', box)).rejects.toThrow(SealBroken);
  });

  it('cannot be taken for one about somebody else', async () => {
    const box = await seal(key, 'address:m1', content);
    await expect(unseal(key, 'address:m2', box)).rejects.toThrow(SealBroken);
    const [header, ...rest] = box.split('.');
    const forged = Buffer.from(
      Buffer.from(header!, 'base64url').toString().replace('address:m1', 'address:m2'),
    ).toString('base64url');
    await expect(unseal(key, 'address:m2', [forged, ...rest].join('.'))).rejects.toThrow(SealBroken);
  });

  it.each(['', 'a.b.c.d.e', 'nonsense', 'eyJhbGciOiJub25lIn0..x.y.z'])('is refused as %j', async (box) => {
    await expect(unseal(key, 'address:m1', box)).rejects.toThrow(SealBroken);
  });

  it('is refused with one character changed anywhere', async () => {
    const box = await seal(key, 'address:m1', content);
    const at = [0, box.indexOf('.') + 2, Math.floor(box.length / 2), box.length - 3];
    for (const i of at) {
      const other = box[i] === 'A' ? 'B' : 'A';
      await expect(unseal(key, 'address:m1', box.slice(0, i) + other + box.slice(i + 1))).rejects.toThrow(SealBroken);
    }
  });
});
