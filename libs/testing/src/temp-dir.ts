import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface TempDir {
  readonly path: string;
  remove(): Promise<void>;
}

/** A new folder among the temporary files; the caller removes it. */
export async function tempDir(): Promise<TempDir> {
  const path = await mkdtemp(join(tmpdir(), 'groundswell-'));
  return { path, remove: () => rm(path, { recursive: true, force: true, maxRetries: 5 }) };
}

/** A folder for the tests of a `describe` block, removed after them. Read `path` inside tests only. */
export function useTempDir(): { readonly path: string } {
  let dir: TempDir | undefined;
  beforeAll(async () => {
    dir = await tempDir();
  });
  afterAll(() => dir?.remove());
  return {
    get path() {
      if (!dir) throw new Error('the folder exists only while tests run');
      return dir.path;
    },
  };
}
