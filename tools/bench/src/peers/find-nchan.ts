import { findProgram, ProgramMissing } from '@groundswell/launch';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

export interface Nchan {
  nginx: string;
  /** Module to load; undefined: it is built in. */
  module: string | undefined;
}

const FILE = 'ngx_nchan_module.so';

/** nginx with nchan, where it is installed. */
export async function findNchan(): Promise<Nchan | undefined> {
  let nginx: string;
  try {
    nginx = await findProgram('nginx');
  } catch (error) {
    if (error instanceof ProgramMissing) return undefined;
    throw error;
  }
  const built = spawnSync(nginx, ['-V'], { encoding: 'utf8' }).stderr;
  const module = moduleFolders(nginx, built)
    .map((folder) => join(folder, FILE))
    .find((file) => existsSync(file));
  if (module) return { nginx, module };
  return /--add-module=\S*nchan/.test(built) ? { nginx, module: undefined } : undefined;
}

/** Where its modules can be, by what `nginx -V` says and by where it stands. */
export function moduleFolders(nginx: string, built: string): string[] {
  const said = /--modules-path=(\S+)/.exec(built)?.[1];
  return [...(said ? [said] : []), join(dirname(nginx), '../lib/nginx/modules')];
}
