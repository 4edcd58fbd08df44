import { randomBytes } from 'node:crypto';
import { findProgram } from './find-program.js';
import { natsAnswers } from './nats-probe.js';
import { openDataDir, withFreePort } from './server-setup.js';
import { startProcess, type RunningProcess } from './start-process.js';

export interface ServerOptions {
  /** Folder of its data; made if missing. */
  dir: string;
  /** Default: a free one. Start again with the same port and folder to continue. */
  port?: number;
  /** Configuration file; address, port and folder given here come before it. */
  config?: string;
  /** More arguments for the program, after ours. */
  args?: readonly string[];
  /** Searched for the program first. */
  extraDirs?: readonly string[];
  onLine?: (line: string) => void;
  /** Milliseconds to become ready; default 20,000. Raise it for a folder with a lot of data. */
  readyMs?: number;
  /** Gives the start up; see `startProcess`. */
  signal?: AbortSignal;
}

export interface RunningServer extends RunningProcess {
  readonly url: string;
  readonly port: number;
  readonly dir: string;
}

export interface NatsOptions extends ServerOptions {
  /** Name of the server; by default a new one each time, which a member of a cluster must not have. */
  name?: string;
}

/**
 * Starts nats-server with JetStream in files under `dir`, on loopback only. Resolves when JetStream answers. Throws
 * what `findProgram` and `startProcess` throw.
 */
export async function startNats(options: NatsOptions): Promise<RunningServer> {
  const { dir, config, args = [], extraDirs, onLine, readyMs, signal } = options;
  const name = options.name ?? `gs-${randomBytes(6).toString('hex')}`;
  const command = await findProgram('nats-server', { extraDirs });
  await openDataDir('nats-server', dir);
  return withFreePort(options.port, async (port) => {
    const own = ['-a', '127.0.0.1', '-p', String(port), '-n', name, '-js', '-sd', dir];
    const running = await startProcess({
      command,
      args: [...(config ? ['-c', config] : []), ...own, ...args],
      ready: (started) => natsAnswers(port, name, started.signal),
      readyMs,
      onLine,
      signal,
      port,
      dir,
    });
    return Object.assign(running, { url: `nats://127.0.0.1:${port}`, port, dir });
  });
}
