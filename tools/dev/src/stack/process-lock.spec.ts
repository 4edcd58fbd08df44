import { useTempDir } from '@groundswell/testing';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { takeLock } from './process-lock.js';

describe('takeLock', () => {
  const dir = useTempDir();
  const file = () => join(dir.path, 'lock');

  it('keeps a second one out until it is released', async () => {
    const lock = await takeLock(file(), dir.path);
    await expect(takeLock(file(), dir.path)).rejects.toThrow(
      `The data folder ${dir.path} is in use by another start (process ${process.pid})`,
    );
    await lock.release();
    await (await takeLock(file(), dir.path)).release();
  });

  it.each([
    ['a process that is gone', JSON.stringify({ pid: 2 ** 22 - 1, started: '1', id: 'x' })],
    ['another process with the same number', JSON.stringify({ pid: process.pid, started: 'long ago', id: 'x' })],
    ['a start that broke off while writing it', '{"pid"'],
  ])('takes over from %s', async (_, content) => {
    await writeFile(file(), content);
    const lock = await takeLock(file(), dir.path);
    expect(JSON.parse(await readFile(file(), 'utf8'))).toMatchObject({ pid: process.pid });
    await lock.release();
  });

  it('lets exactly one of many in', async () => {
    const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => takeLock(file(), dir.path)));
    const locks = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
    expect(locks).toHaveLength(1);
    await locks[0]!.release();
  });
});
