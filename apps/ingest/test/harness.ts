import { createLog } from '@groundswell/runtime';
import { eventually, tokenMint, type TestServer, type TokenMint } from '@groundswell/testing';
import type { Role } from '@groundswell/contracts';
import { IngestConfig } from '../src/config.js';
import { startIngest, type IngestApp } from '../src/ingest-app.js';
import { startProjectors } from '../src/project/projectors.js';

export interface Answer {
  status: number;
  headers: Headers;
  /** Parsed JSON; the last line of NDJSON. */
  body: Record<string, unknown>;
}

export interface CallOptions {
  as?: string;
  roles?: Role[];
  key?: string;
  /** An object is sent as JSON, a string as it is. */
  body?: object | string;
  type?: string;
}

/** An ingest process on real servers, and a client of it. */
export class Harness {
  private constructor(
    readonly app: IngestApp,
    readonly mint: TokenMint,
  ) {}

  static async start(nats: TestServer, redis: TestServer, change: Partial<IngestConfig> = {}): Promise<Harness> {
    const mint = await tokenMint();
    const config = Object.assign(new IngestConfig(), {
      port: 0,
      natsUrl: nats.url,
      redisUrl: redis.url,
      publicKey: mint.publicKey,
      node: 'ingest-1',
      ...change,
    });
    return new Harness(
      await startIngest({
        config,
        log: createLog('ingest', 'silent'),
        project: (parts) => startProjectors({ ...parts, countsTickMs: () => 500 }),
      }),
      mint,
    );
  }

  get url(): string {
    return `http://127.0.0.1:${this.app.port}`;
  }

  async call(method: string, path: string, { as, roles, key, body, type }: CallOptions = {}): Promise<Answer> {
    const headers: Record<string, string> = {};
    if (as !== undefined) headers['authorization'] = `Bearer ${await this.mint.mint(as, roles ? { roles } : {})}`;
    if (key !== undefined) headers['idempotency-key'] = key;
    if (body !== undefined) headers['content-type'] = type ?? 'application/json';
    const text = typeof body === 'object' ? JSON.stringify(body) : body;
    const answer = await fetch(this.url + path, { method, headers, ...(text === undefined ? {} : { body: text }) });
    const lines = (await answer.text()).trim().split('\n');
    const last = lines.at(-1)!;
    return {
      status: answer.status,
      headers: answer.headers,
      body: last.startsWith('{') ? (JSON.parse(last) as Answer['body']) : {},
    };
  }

  async event(id: string): Promise<void> {
    await this.call('POST', '/v1/events', { as: 'operator', roles: ['operator'], body: { id, title: id } });
  }

  /** Posts a status and gives its answer. */
  post(event: string, text: string, options: CallOptions = {}): Promise<Answer> {
    return this.call('POST', `/v1/events/${event}/statuses`, {
      as: 'ada',
      roles: ['member', 'load'],
      body: { text },
      ...options,
    });
  }

  /** Waits until the views can be read and have everything. */
  async viewsUp(): Promise<void> {
    await eventually(async () => {
      const { body } = await this.call('GET', '/ready');
      const { store, views } = body as { store: { up: boolean }; views: { caughtUp: boolean }[] };
      return store.up && views.every(({ caughtUp }) => caughtUp);
    });
  }

  stop(): Promise<void> {
    return this.app.stop();
  }
}
