import { access, constants, mkdir, mkdtemp, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Fault } from '../fault.js';
import { takeLock } from './process-lock.js';

/** Free space that a start asks for: logs and views of an evening fit, and JetStream refuses to start with much less. */
const NEEDED_BYTES = 100 * 1024 * 1024;

export interface DataFolder {
  readonly path: string;
  /** Frees the folder, and deletes it when it was made for this run only. */
  close(): Promise<void>;
}

export interface OpenOptions {
  /** Undefined = a new one, deleted by `close`. */
  path: string | undefined;
  freeBytes?: (path: string) => Promise<number>;
}

/** Makes the folder if needed, takes its lock and proves that there is room. Throws `Fault`. */
export async function openDataFolder({ path: wanted, freeBytes = free }: OpenOptions): Promise<DataFolder> {
  const path = wanted ?? (await mkdtemp(join(tmpdir(), 'groundswell-once-')));
  const remove = async () => {
    if (wanted === undefined) await rm(path, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    await mkdir(path, { recursive: true, mode: 0o700 });
    await access(path, constants.R_OK | constants.W_OK | constants.X_OK);
    if ((await freeBytes(path)) < NEEDED_BYTES) throw full(path);
    const lock = await takeLock(join(path, 'lock'), path);
    const close = async () => {
      await lock.release();
      await remove();
    };
    return { path, close };
  } catch (error) {
    await remove();
    throw explain(error, path);
  }
}

async function free(path: string): Promise<number> {
  const { bavail, bsize } = await statfs(path);
  return bavail * bsize;
}

function full(path: string, cause?: unknown): Fault {
  return new Fault(`The disk of ${path} is full: free at least 100 MB, or choose another folder with --data.`, {
    cause,
  });
}

function explain(error: unknown, path: string): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (error instanceof Fault || code === undefined) return error;
  if (code === 'ENOSPC' || code === 'EDQUOT') return full(path, error);
  return new Fault(`The data folder ${path} cannot be used (${code}): make it yours, or choose another with --data.`, {
    cause: error,
  });
}
