import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { HostileCache } from '../src/index.js';

/** Where fan-out sends its purges: hands each on to the caches that are listed. */
export class PurgeDesk {
  readonly caches = new Set<HostileCache>();
  /** Surrogate keys of each purge, in order. */
  readonly purges: string[][] = [];

  private constructor(private readonly server: Server) {
    server.on('request', (request, reply) => {
      const keys = String(request.headers['surrogate-key'] ?? '').split(' ');
      for (const cache of this.caches) cache.purge(keys);
      this.purges.push(keys);
      reply.writeHead(request.method === 'PURGE' ? 204 : 405).end();
    });
  }

  static async start(): Promise<PurgeDesk> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new PurgeDesk(server);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
