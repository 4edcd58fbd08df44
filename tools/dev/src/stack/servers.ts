import { startNats, startRedis } from '@groundswell/launch';
import { connect } from 'node:net';
import { join } from 'node:path';
import { Fault } from '../fault.js';
import type { Journal } from './journal.js';
import { Supervised } from './supervised.js';

/** Loading a large log again takes time; a server that has not answered by then will not. */
const READY_MS = 60_000;
const REACH_MS = 3_000;

export interface ServerPlace {
  root: string;
  data: string;
  journal: Journal;
  say: (sentence: string) => void;
}

/** nats-server with JetStream in files, as the repository's configuration says. */
export function natsProcess({ root, data, journal, say }: ServerPlace): Supervised {
  const config = join(root, 'docker', 'nats', 'nats-server.conf');
  const common = { dir: join(data, 'nats'), config, onLine: journal.of('nats'), readyMs: READY_MS };
  return new Supervised({ name: 'nats', say, start: (again) => startNats({ ...common, ...given(again) }) });
}

/** redis-server with an append-only file, as the repository's configuration says. */
export function redisProcess({ root, data, journal, say }: ServerPlace): Supervised {
  const config = join(root, 'docker', 'redis', 'redis.conf');
  const common = { dir: join(data, 'redis'), config, onLine: journal.of('redis'), readyMs: READY_MS };
  return new Supervised({ name: 'redis', say, start: (again) => startRedis({ ...common, ...given(again) }) });
}

function given({ port, signal }: { port: number | undefined; signal: AbortSignal }) {
  return port === undefined ? { signal } : { signal, port };
}

/** Proves that somebody listens at an address given from outside. Throws `Fault`. */
export async function reach(variable: string, address: string, signal: AbortSignal): Promise<void> {
  const urls = address.split(',').map((part) => parse(variable, part.trim()));
  const failures: string[] = [];
  for (const { hostname, port } of urls) {
    const failure = await attempt(hostname, port, signal);
    signal.throwIfAborted();
    if (failure === undefined) return;
    failures.push(failure);
  }
  throw new Fault(
    `Nothing answers at ${variable}=${address} (${failures.join(', ')}): start it, or unset ${variable} to have one started.`,
  );
}

function parse(variable: string, text: string): { hostname: string; port: number } {
  const scheme = variable === 'NATS_URL' ? /^(nats|tls):\/\//.test(text) : /^rediss?:\/\//.test(text);
  if (scheme && URL.canParse(text)) {
    const { hostname, port } = new URL(text);
    return {
      hostname: hostname.replace(/^\[|\]$/g, ''),
      port: Number(port) || (variable === 'NATS_URL' ? 4222 : 6379),
    };
  }
  throw new Fault(
    `${variable} must look like ${variable === 'NATS_URL' ? 'nats' : 'redis'}://host:port, not "${text}".`,
  );
}

function attempt(host: string, port: number, signal: AbortSignal): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, signal });
    const end = (failure: string | undefined) => {
      socket.destroy();
      resolve(failure);
    };
    socket.setTimeout(REACH_MS, () => end('no answer'));
    socket.once('connect', () => end(undefined));
    socket.once('error', (error: NodeJS.ErrnoException) => end(error.code ?? error.message));
  });
}
