import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Answer, Ask } from './answer.js';
import type { Fault } from './fault.js';
import { HONEST } from './fault.js';

export interface CacheOptions {
  /** What stands behind it. */
  ask: Ask;
  /** Its clock, Unix milliseconds. */
  now: () => number;
  fault?: Fault;
}

interface Kept {
  answer: Answer;
  until: number;
}

/** A shared cache between viewers and an origin, with a fault. Fault and origin can be changed while it runs. */
export class HostileCache {
  fault: Fault;
  ask: Ask;
  readonly #now: () => number;
  readonly #kept = new Map<string, Kept>();
  /** What is being fetched behind somebody's back. */
  readonly #fetching = new Set<Promise<unknown>>();
  #server: Server | undefined;

  constructor({ ask, now, fault = {} }: CacheOptions) {
    this.ask = ask;
    this.fault = fault;
    this.#now = now;
  }

  /** Addresses under which something is kept. */
  get addresses(): string[] {
    return [...this.#kept.keys()];
  }

  /** Listens on a free port of this machine. */
  async start(): Promise<this> {
    const server = createServer((request, reply) => {
      this.answer(request.url ?? '/').then(
        ({ status, headers, body }) => reply.writeHead(status, headers).end(body),
        () => reply.destroy(),
      );
    });
    this.#server = server;
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return this;
  }

  get url(): string {
    if (!this.#server) throw new Error('A cache has an address once it was started.');
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    await this.revalidated();
    this.#server?.closeAllConnections();
    await new Promise((resolve) => (this.#server ? this.#server.close(resolve) : resolve(undefined)));
    this.#server = undefined;
  }

  /** What it answers a viewer who asks for this address. */
  async answer(path: string): Promise<Answer> {
    const { address, expired, twist } = { ...HONEST, ...this.fault };
    const filed = address(path);
    const kept = this.#kept.get(filed);
    if (!kept) return twist(await this.#fetch(filed), path);
    if (this.#now() >= kept.until) {
      if (expired === 'ask') return twist(await this.#fetch(filed), path);
      if (expired === 'renew') await this.#renew(filed, kept);
      else this.#fetchBehind(filed);
    }
    return twist(kept.answer, path);
  }

  /** What has one of these surrogate keys has expired; a fault may still give it out. */
  purge(keys: readonly string[]): void {
    for (const kept of this.#kept.values()) {
      const own = kept.answer.headers['surrogate-key']?.split(' ') ?? [];
      if (own.some((key) => keys.includes(key))) kept.until = 0;
    }
  }

  /** Waits until it fetches nothing behind anybody's back. */
  async revalidated(): Promise<void> {
    while (this.#fetching.size > 0) await Promise.allSettled(this.#fetching);
  }

  async #fetch(path: string): Promise<Answer> {
    const answer = await this.ask(path);
    const ms = { ...HONEST, ...this.fault }.keepMs(answer, path);
    if (ms > 0) this.#kept.set(path, { answer, until: this.#now() + ms });
    else this.#kept.delete(path);
    return answer;
  }

  async #renew(path: string, kept: Kept): Promise<void> {
    await this.ask(path);
    kept.until = this.#now() + { ...HONEST, ...this.fault }.keepMs(kept.answer, path);
  }

  #fetchBehind(path: string): void {
    const fetching = this.#fetch(path).catch(() => undefined);
    this.#fetching.add(fetching);
    void fetching.finally(() => this.#fetching.delete(fetching));
  }
}
