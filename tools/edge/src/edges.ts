import { startNginx, startVarnish, type EdgeOptions, type RunningServer } from '@groundswell/launch';
import { fileURLToPath } from 'node:url';
import type { EdgeName } from './options.js';

const CONFIGURATION = fileURLToPath(new URL('../../../docker/edge/', import.meta.url));

/** Starts a cache with the configuration of `docker/edge`; `origin` is a port on loopback. */
export function startEdge(name: EdgeName, options: Omit<EdgeOptions, 'config'>): Promise<RunningServer> {
  return name === 'nginx'
    ? startNginx({ ...options, config: `${CONFIGURATION}nginx.conf` })
    : startVarnish({ ...options, config: `${CONFIGURATION}groundswell.vcl` });
}
