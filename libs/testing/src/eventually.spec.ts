import { eventually } from './eventually.js';

describe('eventually', () => {
  it('returns the first truthy value', async () => {
    let tries = 0;
    expect(await eventually(() => (++tries === 3 ? 'there' : ''), { everyMs: 1 })).toBe('there');
  });

  it('takes an error for not yet', async () => {
    let tries = 0;
    const condition = async () => {
      if (++tries < 3) throw new Error('not yet');
      return tries;
    };
    expect(await eventually(condition, { everyMs: 1 })).toBe(3);
  });

  it('gives up with what it waited for and the last error', async () => {
    const waiting = eventually(() => Promise.reject(new Error('still not')), { timeoutMs: 20, message: 'a miracle' });
    await expect(waiting).rejects.toMatchObject({
      message: 'not within 20 ms: a miracle',
      cause: expect.objectContaining({ message: 'still not' }) as unknown,
    });
  });
});
