import { connect, type Socket } from 'node:net';
import { once } from 'node:events';
import type { Launcher, Started } from '../stack/launcher.js';

const PROGRAMS = {
  'socket.io': 'peers/socket-io-server.js',
  ws: 'peers/ws-server.js',
  'prepared loop': 'peers/prepared-loop.js',
} as const;

export type PeerName = keyof typeof PROGRAMS;

/** A server to compare with, in a process and on the core that ours had. */
export class Peer {
  private constructor(
    private readonly started: Started,
    private readonly line: Socket,
  ) {}

  static async start(launcher: Launcher, name: PeerName, env: Record<string, string> = {}): Promise<Peer> {
    const started = await launcher.own(name, PROGRAMS[name], { core: 'server', env });
    const line = connect({ host: '127.0.0.1', port: started.feed!, noDelay: true });
    await once(line, 'connect');
    return new Peer(started, line);
  }

  get pid(): number {
    return this.started.pid;
  }

  get port(): number {
    return this.started.port;
  }

  /** Hands it one message to distribute. */
  feed(text: string): void {
    this.line.write(`${text}\n`);
  }

  async stop(): Promise<void> {
    this.line.destroy();
    await this.started.stop();
  }
}
