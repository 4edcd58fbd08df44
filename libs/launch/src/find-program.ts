import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { ProgramMissing } from './errors.js';

/** Folders where servers are installed that are often not in the PATH of an ordinary user. */
const SYSTEM_DIRS = ['/usr/sbin', '/usr/local/sbin', '/opt/homebrew/bin'];

export interface FindOptions {
  /** Searched before anything else. */
  extraDirs?: readonly string[];
  /** Value of PATH; default that of this process. */
  path?: string;
}

/** Absolute path of a program. Throws `ProgramMissing`, which says how to install it. */
export async function findProgram(name: string, options: FindOptions = {}): Promise<string> {
  const path = (options.path ?? process.env['PATH'] ?? '').split(delimiter).filter((dir) => dir !== '');
  const dirs = [...new Set([...(options.extraDirs ?? []), ...path, ...SYSTEM_DIRS])];
  for (const dir of dirs) {
    const file = join(dir, name);
    if (await isProgram(file)) return file;
  }
  throw new ProgramMissing(name, dirs);
}

async function isProgram(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return (await stat(file)).isFile();
  } catch {
    return false;
  }
}
