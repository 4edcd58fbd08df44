import { findProgram, ProgramMissing, startNginx, startVarnish } from '@groundswell/launch';
import { fileURLToPath } from 'node:url';

const CONFIGURATION = fileURLToPath(new URL('../../../../docker/edge/', import.meta.url));

/** The caches that are compared, each with the configuration that the product comes with. */
export const CACHES = [
  { name: 'nginx', program: 'nginx', start: startNginx, config: `${CONFIGURATION}nginx.conf` },
  { name: 'varnish', program: 'varnishd', start: startVarnish, config: `${CONFIGURATION}groundswell.vcl` },
] as const;

export type Cache = (typeof CACHES)[number];

export async function isInstalled({ program }: Cache): Promise<boolean> {
  try {
    await findProgram(program);
    return true;
  } catch (error) {
    if (error instanceof ProgramMissing) return false;
    throw error;
  }
}
