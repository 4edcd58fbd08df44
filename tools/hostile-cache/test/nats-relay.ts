import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** Stands between a node and NATS; while it is held up, the node hears nothing new and serves what it has. */
export class NatsRelay {
  readonly #links = new Set<[Socket, Socket]>();
  #held = false;

  private constructor(
    private readonly server: Server,
    private readonly port: number,
  ) {
    server.on('connection', (near) => this.#link(near));
  }

  static async start(port: number): Promise<NatsRelay> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new NatsRelay(server, port);
  }

  get url(): string {
    return `nats://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Nothing gets through, in either direction, until `release`. */
  hold(): void {
    this.#held = true;
    for (const sockets of this.#links) for (const socket of sockets) socket.pause();
  }

  /** Everything that was held up gets through, in order. */
  release(): void {
    this.#held = false;
    for (const sockets of this.#links) for (const socket of sockets) socket.resume();
  }

  async stop(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    for (const sockets of this.#links) for (const socket of sockets) socket.destroy();
    await closed;
  }

  #link(near: Socket): void {
    const far = connect(this.port, '127.0.0.1');
    const link: [Socket, Socket] = [near, far];
    this.#links.add(link);
    for (const [from, to] of [link, [far, near] as const]) {
      from.on('data', (data) => to.write(data));
      from.on('error', () => to.destroy());
      from.on('close', () => {
        to.destroy();
        this.#links.delete(link);
      });
      if (this.#held) from.pause();
    }
  }
}
