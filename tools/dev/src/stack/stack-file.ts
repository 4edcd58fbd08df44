import { rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Where to find what runs, for tools started beside it. */
export interface StackAddresses {
  page: string;
  nats: string;
  redis: string;
}

export interface StackFile {
  remove(): Promise<void>;
}

/**
 * Writes `stack.json` into the data folder: the addresses, and the pid of this process. Whoever reads it asks whether
 * that process lives, as one that was killed leaves the file behind.
 */
export async function writeStackFile(folder: string, addresses: StackAddresses): Promise<StackFile> {
  const file = join(folder, 'stack.json');
  const { page, nats, redis } = addresses;
  await writeFile(`${file}.new`, `${JSON.stringify({ pid: process.pid, page, nats, redis })}\n`, { mode: 0o600 });
  await rename(`${file}.new`, file);
  return { remove: () => rm(file, { force: true }) };
}
