import { readFile, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { findProgram } from './find-program.js';
import { openDataDir, withFreePort } from './server-setup.js';
import type { RunningServer } from './start-nats.js';
import { startProcess } from './start-process.js';

export interface EdgeOptions {
  /** Absolute path of a folder of its own; made if missing. */
  dir: string;
  /** Default: a free one. */
  port?: number;
  /** Port on loopback of what it stands before. */
  origin: number;
  /** `docker/edge/nginx.conf` or `docker/edge/groundswell.vcl`, an absolute path. */
  config: string;
  /** A command that runs it and keeps its process id, e.g. `['taskset', '-c', '0']`. */
  via?: readonly string[];
  onLine?: (line: string) => void;
  /** Gives the start up; see `startProcess`. */
  signal?: AbortSignal;
}

/** Folders for bodies in transit; nginx makes each, also for protocols that are not used. */
const TEMPORARY = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];

/**
 * Starts nginx with one worker and a configuration for inside `http`, whose `${EDGE_LISTEN}`, `${EDGE_ORIGIN}` and
 * `${EDGE_CACHE}` are filled in. Loopback only. Throws what `findProgram` and `startProcess` throw.
 */
export async function startNginx(options: EdgeOptions): Promise<RunningServer> {
  const { dir, config, origin } = options;
  const program = await findProgram('nginx');
  await openDataDir('nginx', dir);
  const template = await readFile(config, 'utf8');
  return withFreePort(options.port, async (port) => {
    const names: Record<string, string> = {
      EDGE_LISTEN: `127.0.0.1:${port}`,
      EDGE_ORIGIN: `127.0.0.1:${origin}`,
      EDGE_CACHE: join(dir, 'cache'),
    };
    const file = join(dir, 'nginx.conf');
    const pidFile = join(dir, 'nginx.pid');
    await writeFile(
      file,
      mainFile(
        dir,
        pidFile,
        template.replaceAll(/\$\{(EDGE_\w+)\}/g, (_, name) => names[name]!),
      ),
    );
    return startServer(options, {
      port,
      command: [program, '-p', dir, '-e', 'stderr', '-c', file],
      // Written once it listens.
      ready: async ({ pid }) => Number(await readFile(pidFile, 'utf8')) === pid,
    });
  });
}

function mainFile(dir: string, pidFile: string, http: string): string {
  return [
    // Its worker must read a folder that belongs to root alone.
    ...(process.getuid?.() === 0 ? ['user root;'] : []),
    `daemon off; worker_processes 1; pid ${pidFile};`,
    'events { worker_connections 8192; }',
    'http {',
    '  error_log stderr warn; keepalive_requests 1000000000;',
    ...TEMPORARY.map((name) => `  ${name}_temp_path ${join(dir, name)};`),
    http,
    '}',
    '',
  ].join('\n');
}

/** Starts Varnish with 64 MB of memory and a VCL that names no backend. Loopback only. Throws as `startNginx`. */
export async function startVarnish(options: EdgeOptions): Promise<RunningServer> {
  const { dir, config, origin } = options;
  const program = await findProgram('varnishd');
  await openDataDir('varnishd', dir);
  const file = join(dir, 'edge.vcl');
  const backend = `backend default { .host = "127.0.0.1"; .port = "${origin}"; }`;
  await writeFile(file, `vcl 4.1;\n${backend}\ninclude "${config}";\n`);
  return withFreePort(options.port, (port) => {
    let launched = false;
    const onLine = (text: string): void => {
      launched ||= text.includes('Child launched OK');
      options.onLine?.(text);
    };
    const listen = ['-a', `127.0.0.1:${port}`, '-T', 'none'];
    const own = ['-F', '-j', 'none', '-n', join(dir, 'work'), '-s', 'malloc,64m', '-p', 'vsl_space=8M'];
    return startServer(
      { ...options, onLine },
      {
        port,
        command: [program, ...own, ...listen, '-f', file],
        // It holds the port by the time it says so, and listens a moment later.
        ready: async () => launched && (await listens(port)),
      },
    );
  });
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    socket.once('error', () => resolve(false));
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
  });
}

interface Start {
  port: number;
  command: readonly string[];
  ready: (started: { pid: number }) => Promise<boolean>;
}

async function startServer(
  { dir, via = [], onLine, signal }: EdgeOptions,
  { port, command: line, ready }: Start,
): Promise<RunningServer> {
  const [command, ...args] = [...via, ...line];
  const running = await startProcess({ command: command!, args, ready, onLine, signal, port, dir });
  return Object.assign(running, { url: `http://127.0.0.1:${port}`, port, dir });
}
