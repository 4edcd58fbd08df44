import { findProgram } from './find-program.js';
import { redisAnswers } from './redis-probe.js';
import { openDataDir, withFreePort } from './server-setup.js';
import type { RunningServer, ServerOptions } from './start-nats.js';
import { startProcess } from './start-process.js';

export interface RedisOptions extends ServerOptions {
  /** Keep an append-only file, flushed every second. Default true; false keeps everything in memory only. */
  appendonly?: boolean;
}

/** Starts redis-server on loopback only. Resolves when it has loaded its data. Throws what `startProcess` throws. */
export async function startRedis(options: RedisOptions): Promise<RunningServer> {
  const { dir, config, appendonly = true, args = [], extraDirs, onLine, readyMs, signal } = options;
  const command = await findProgram('redis-server', { extraDirs });
  await openDataDir('redis-server', dir);
  return withFreePort(options.port, async (port) => {
    const place = ['--bind', '127.0.0.1', '--port', String(port), '--dir', dir, '--daemonize', 'no'];
    const keep = ['--save', '', '--appendonly', appendonly ? 'yes' : 'no', '--appendfsync', 'everysec'];
    // Each rewrite forks and takes a core for seconds; a view that is lost is read anew from the log anyway.
    keep.push('--auto-aof-rewrite-min-size', '1gb');
    // A list is searched from its start: with the default of 512, a hash of some hundred members is read slower than a larger one.
    keep.push('--hash-max-listpack-entries', '128');
    const running = await startProcess({
      command,
      args: [...(config ? [config] : []), ...place, ...keep, ...args],
      ready: (started) => redisAnswers(port, started.pid, started.signal),
      readyMs,
      onLine,
      signal,
      port,
      dir,
    });
    return Object.assign(running, { url: `redis://127.0.0.1:${port}`, port, dir });
  });
}
