import { once } from 'node:events';
import { connect } from 'node:net';
import type { Launcher } from '../stack/launcher.js';
import type { Peer } from './peer.js';

const PROGRAMS = {
  'socket.io': 'peers/socket-io-server.js',
  ws: 'peers/ws-server.js',
  'prepared loop': 'peers/prepared-loop.js',
} as const;

/** Starts one of the peers that are programs of this benchmark. */
export async function startNodePeer(
  launcher: Launcher,
  name: keyof typeof PROGRAMS,
  env: Record<string, string> = {},
): Promise<Peer> {
  const started = await launcher.own(name, PROGRAMS[name], { core: 'server', env });
  const line = connect({ host: '127.0.0.1', port: started.feed!, noDelay: true });
  await once(line, 'connect');
  return {
    pid: started.pid,
    port: started.port,
    feed: (text) => void line.write(`${text}\n`),
    stop: async () => {
      line.destroy();
      await started.stop();
    },
  };
}
