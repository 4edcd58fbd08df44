import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DiskFull, PortInUse, StartFailed } from './errors.js';
import { freePort } from './free-port.js';

const ATTEMPTS = 5;
/** Less free space than this is a full disk: a server would start, and fail at its first write. */
const ROOM_BYTES = 1_048_576;

/** Runs `start` with the wanted port, or with free ones until one could be kept: they can be taken in between. */
export async function withFreePort<T>(wanted: number | undefined, start: (port: number) => Promise<T>): Promise<T> {
  if (wanted !== undefined) return start(wanted);
  for (let attempt = 1; ; attempt++) {
    try {
      return await start(await freePort());
    } catch (error) {
      if (!(error instanceof PortInUse) || attempt === ATTEMPTS) throw error;
    }
  }
}

/** Makes the data folder and proves that it can be written to, with the errors of a start. */
export async function openDataDir(program: string, dir: string): Promise<void> {
  const probe = join(dir, `.room-${process.pid}`);
  try {
    await mkdir(dir, { recursive: true });
    await writeFile(probe, Buffer.alloc(ROOM_BYTES), { flush: true });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOSPC' || code === 'EDQUOT') throw new DiskFull(program, dir, { cause: error });
    throw new StartFailed(program, `cannot use the folder ${dir} (${message})`, [], { cause: error });
  } finally {
    await rm(probe, { force: true }).catch(() => undefined);
  }
}
