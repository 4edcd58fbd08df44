import { useTempDir } from '@groundswell/testing';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeStackFile } from './stack-file.js';

describe('writeStackFile', () => {
  const dir = useTempDir();
  const addresses = { page: 'http://p', nats: 'nats://n', redis: 'redis://r' };

  it('tells tools where everything is, until it is removed', async () => {
    const file = await writeStackFile(dir.path, { ...addresses, nats: 'nats://before' });
    await writeStackFile(dir.path, addresses);
    expect(await readdir(dir.path)).toEqual(['stack.json']);
    const text = await readFile(join(dir.path, 'stack.json'), 'utf8');
    expect(JSON.parse(text)).toEqual({ pid: process.pid, ...addresses });
    await file.remove();
    await file.remove();
    expect(await readdir(dir.path)).toEqual([]);
  });
});
