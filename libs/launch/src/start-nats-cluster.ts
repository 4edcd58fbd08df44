import { join } from 'node:path';
import { PortInUse } from './errors.js';
import { freePort } from './free-port.js';
import { startNats, type RunningServer } from './start-nats.js';

/** A server of a cluster that can be ended and started again on its data. */
export interface ClusterMember {
  readonly server: RunningServer;
  readonly name: string;
  /** SIGKILL, as a crash would. */
  kill(): Promise<void>;
  /** Resolves when its JetStream answers, which needs a majority of the cluster. */
  restart(): Promise<void>;
}

export interface NatsCluster {
  readonly members: readonly ClusterMember[];
  /** Addresses of all members, for a client that may use any. */
  readonly urls: readonly string[];
  stop(): Promise<void>;
}

export interface ClusterOptions {
  /** Folder of the data; each member has one in it. */
  dir: string;
  /** Default 3. */
  size?: number;
  signal?: AbortSignal;
}

const ATTEMPTS = 3;

/** Starts servers that form a JetStream cluster, on loopback only. Resolves when every member's JetStream answers. */
export async function startNatsCluster(options: ClusterOptions): Promise<NatsCluster> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await startOnce(options);
    } catch (error) {
      // The ports of routes must be known before the servers start: another process may take one in between.
      if (!(error instanceof PortInUse) || attempt === ATTEMPTS) throw error;
    }
  }
}

async function startOnce({ dir, size = 3, signal }: ClusterOptions): Promise<NatsCluster> {
  const routePorts = await Promise.all(Array.from({ length: size }, () => freePort()));
  const routes = routePorts.map((port) => `nats://127.0.0.1:${port}`);
  const start = (index: number, port?: number): Promise<RunningServer> => {
    const cluster = ['--cluster_name', 'groundswell', '--cluster', routes[index]!, '--routes', routes.join(',')];
    const place = { dir: join(dir, `server-${index + 1}`), name: `server-${index + 1}`, args: cluster };
    return startNats({ ...place, ...(port === undefined ? {} : { port }), ...(signal ? { signal } : {}) });
  };
  const started = await Promise.allSettled(routes.map((_, index) => start(index)));
  const failed = started.find((outcome) => outcome.status === 'rejected');
  const servers = started.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
  if (failed) {
    await Promise.all(servers.map((server) => server.kill()));
    throw failed.reason;
  }
  const members = servers.map((first, index) => new Member(first, `server-${index + 1}`, (port) => start(index, port)));
  return {
    members,
    urls: servers.map(({ url }) => url),
    stop: async () => {
      await Promise.all(members.map(({ server }) => server.stop()));
    },
  };
}

class Member implements ClusterMember {
  constructor(
    private running: RunningServer,
    readonly name: string,
    private readonly start: (port: number) => Promise<RunningServer>,
  ) {}

  get server(): RunningServer {
    return this.running;
  }

  async kill(): Promise<void> {
    await this.running.kill();
  }

  async restart(): Promise<void> {
    await this.running.kill();
    this.running = await this.start(this.running.port);
  }
}
