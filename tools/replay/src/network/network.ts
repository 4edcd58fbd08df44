import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

/**
 * What a client finds while the network is down. `refused`: each attempt fails at once. `silent`: nothing answers, and
 * what is still trying when the network is back gets through, as TCP does when it sends its first packet again.
 */
export type Outage = 'refused' | 'silent';

type State = { t: 'up' } | { t: 'down'; outage: Outage };

export interface Target {
  host: string;
  port: number;
}

/** A stretch of network between clients and servers that can be cut. Bytes go through as they are. */
export class Network {
  private state: State = { t: 'up' };
  private readonly clients = new Set<Socket>();
  /** Clients that nobody has answered yet. */
  private readonly waiting = new Set<Socket>();
  private turn = 0;

  private constructor(
    private readonly server: Server,
    private readonly targets: readonly Target[],
  ) {
    server.on('connection', (client) => this.arrived(client));
  }

  /** Connections go to the targets in turn. */
  static async start(targets: readonly Target[]): Promise<Network> {
    // Halves are closed one by one, and nothing is read before there is somebody to hand it to.
    const server = createServer({ allowHalfOpen: true, pauseOnConnect: true, noDelay: true });
    const network = new Network(server, targets);
    server.listen({ port: 0, host: '127.0.0.1', backlog: 4096 });
    await once(server, 'listening');
    return network;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as { port: number }).port}`;
  }

  /** Open connections of clients. */
  get open(): number {
    return this.clients.size;
  }

  /** Ends every connection at once, on both sides; returns how many. */
  cut(outage: Outage): number {
    const cut = this.clients.size;
    this.state = { t: 'down', outage };
    for (const client of this.clients) client.destroy();
    return cut;
  }

  restore(): void {
    this.state = { t: 'up' };
    for (const client of this.waiting) this.join(client);
    this.waiting.clear();
  }

  async stop(): Promise<void> {
    this.cut('refused');
    this.server.close();
    await once(this.server, 'close');
  }

  private arrived(client: Socket): void {
    client.on('error', () => client.destroy());
    if (this.state.t === 'down' && this.state.outage === 'refused') return void client.resetAndDestroy();
    this.clients.add(client);
    client.once('close', () => {
      this.clients.delete(client);
      this.waiting.delete(client);
    });
    if (this.state.t === 'up') this.join(client);
    else this.waiting.add(client);
  }

  private join(client: Socket): void {
    const target = this.targets[this.turn++ % this.targets.length]!;
    const server = connect({ ...target, noDelay: true, allowHalfOpen: true });
    server.on('error', () => client.destroy());
    server.once('connect', () => {
      client.pipe(server);
      server.pipe(client);
    });
    client.once('close', () => server.destroy());
    server.once('close', () => client.destroySoon());
  }
}
