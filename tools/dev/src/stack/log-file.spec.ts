import { useTempDir } from '@groundswell/testing';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LogFile } from './log-file.js';

describe('LogFile', () => {
  const dir = useTempDir();

  it('appends lines, to what an earlier run has left', async () => {
    const path = join(dir.path, 'logs', 'a.log');
    for (const line of ['one', 'two']) {
      const file = new LogFile(path);
      file.write(line);
      await file.close();
    }
    expect(await readFile(path, 'utf8')).toBe('one\ntwo\n');
  });

  it('keeps at most two files of a size', async () => {
    const path = join(dir.path, 'b.log');
    const file = new LogFile(path, 100);
    // All at once: the file turns over before the disk has done anything.
    for (let n = 0; n < 50; n++) file.write(`line ${n} ${'x'.repeat(10)}`);
    await file.close();
    expect((await stat(path)).size).toBeLessThan(130);
    expect((await stat(`${path}.1`)).size).toBeLessThan(130);
  });

  it('loses lines rather than the process when nothing can be written', async () => {
    const blocked = join(dir.path, 'file');
    await writeFile(blocked, '');
    const nowhere = new LogFile(join(blocked, 'c.log'));
    nowhere.write('lost');
    const device = new LogFile('/dev/full');
    device.write('lost');
    await device.close();
    await nowhere.close();
    expect(await readFile(blocked, 'utf8')).toBe('');
  });
});
