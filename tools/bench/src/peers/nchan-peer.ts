import { freePort } from '@groundswell/launch';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HttpLane } from '../ingest/http-lane.js';
import { MeasurementInvalid } from '../measurement-invalid.js';
import type { Launcher } from '../stack/launcher.js';
import type { Nchan } from './find-nchan.js';
import type { Peer } from './peer.js';

const WORKER_MS = 10_000;
const LOOK_MS = 10;

/** Starts nginx with one worker, a channel that is published to by POST, and subscribers on WebSockets. */
export async function startNchan(launcher: Launcher, { nginx, module }: Nchan): Promise<Peer> {
  const dir = await mkdtemp(join(tmpdir(), 'groundswell-nchan-'));
  const port = await freePort();
  const file = join(dir, 'nginx.conf');
  await writeFile(file, configuration({ dir, port, module, root: process.getuid?.() === 0 }));
  const remove = (): Promise<void> => rm(dir, { recursive: true, force: true });
  const starting = launcher.program('nginx', nginx, {
    args: ['-p', dir, '-e', 'stderr', '-c', file],
    ready: () => listens(port),
  });
  starting.catch(remove);
  const started = await starting;
  const pid = await workerOf(started.pid);
  const lane = await HttpLane.open(port);
  let posted = Promise.resolve();
  const publish = async (before: Promise<void>, text: string): Promise<void> => {
    await before;
    const status = await lane.ask(publication(port, text));
    if (status >= 300) throw new MeasurementInvalid(`nchan answered ${status} to a status.`);
  };
  return {
    pid,
    port,
    // One after another on one connection: the order of the statuses is theirs.
    feed: (text) => {
      posted = publish(posted, text);
      posted.catch(() => lane.close());
    },
    stop: async () => {
      lane.close();
      await started.stop();
      await remove();
    },
  };
}

function publication(port: number, text: string): Buffer {
  return Buffer.from(
    `POST /publish HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Type: application/json\r\n` +
      `Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`,
  );
}

export interface Configured {
  dir: string;
  port: number;
  module: string | undefined;
  root: boolean;
}

export function configuration({ dir, port, module, root }: Configured): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  return [
    ...(module ? [`load_module ${module};`] : []),
    ...(root ? ['user root;'] : []),
    'daemon off; worker_processes 1; worker_rlimit_nofile 20000;',
    `pid ${dir}/nginx.pid;`,
    'events { worker_connections 19000; }',
    'http {',
    '  access_log off; keepalive_requests 1000000000; nchan_shared_memory_size 256M;',
    ...temporary.map((name) => `  ${name}_temp_path ${dir}/${name};`),
    `  server { listen 127.0.0.1:${port};`,
    '    location = /publish { nchan_publisher; nchan_channel_id bench; nchan_store_messages off; }',
    '    location = / { nchan_subscriber websocket; nchan_channel_id bench; }',
    '  }',
    '}',
  ].join('\n');
}

/** The master listens and only watches: the work is done by its child, which it makes a moment later. */
async function workerOf(master: number): Promise<number> {
  const end = performance.now() + WORKER_MS;
  for (;;) {
    const [child] = readFileSync(`/proc/${master}/task/${master}/children`, 'utf8').split(' ');
    if (child) return Number(child);
    if (performance.now() > end) throw new MeasurementInvalid(`nginx has no worker after ${WORKER_MS / 1000} s.`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}
