import { useTempDir } from '@groundswell/testing';
import { existsSync } from 'node:fs';
import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openDataFolder } from './data-folder.js';

describe('openDataFolder', () => {
  const dir = useTempDir();

  it('makes a folder for its owner only, and keeps it', async () => {
    const path = join(dir.path, 'a', 'b');
    const folder = await openDataFolder({ path });
    expect((await stat(path)).mode & 0o777).toBe(0o700);
    await folder.close();
    expect(existsSync(path)).toBe(true);
  });

  it('deletes one that was made for this run only', async () => {
    const folder = await openDataFolder({ path: undefined });
    expect(existsSync(folder.path)).toBe(true);
    await folder.close();
    expect(existsSync(folder.path)).toBe(false);
  });

  it('says that the disk is full, before anything is started on it', async () => {
    const path = join(dir.path, 'full');
    const full = openDataFolder({ path, freeBytes: async () => 1_000_000 });
    await expect(full).rejects.toThrow(`The disk of ${path} is full: free at least 100 MB`);
    const written = openDataFolder({
      path,
      freeBytes: () => Promise.reject(Object.assign(new Error(), { code: 'ENOSPC' })),
    });
    await expect(written).rejects.toThrow(`The disk of ${path} is full`);
  });

  it('says that a folder cannot be used', async () => {
    const file = join(dir.path, 'file');
    await writeFile(file, '');
    await expect(openDataFolder({ path: join(file, 'data') })).rejects.toThrow(
      `The data folder ${file}/data cannot be used (ENOTDIR)`,
    );
  });
});
