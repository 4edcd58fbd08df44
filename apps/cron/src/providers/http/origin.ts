import type { Fault } from '@groundswell/relations';
import type { Clock } from '@groundswell/runtime';
import type { IncomingHttpHeaders } from 'node:http';
import { Pool } from 'undici';
import { exchangeFault } from './exchange-fault.js';

export interface OriginSettings {
  /** http or https, with the path that all requests begin with. */
  baseUrl: string;
  /** At most so many requests at once. */
  connections: number;
  /** For an answer, from the question to its last byte. */
  timeoutMs: number;
  /** A longer body is not read to its end. */
  responseMaxBytes: number;
}

export interface Received {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
  /** When it was asked, unix milliseconds. */
  sentAt: number;
}

export type Exchange = { ok: true; received: Received } | { ok: false; fault: Fault };

/**
 * One server, asked by GET only. Redirects are answers like others and are not followed, and no compression is offered, so
 * that the limit of bytes is what is held in memory.
 */
export class Origin {
  /** Requests made so far. */
  requests = 0;
  readonly #pool: Pool;
  readonly #prefix: string;

  constructor(
    private readonly settings: OriginSettings,
    private readonly clock: Clock,
  ) {
    const { origin, pathname } = new URL(settings.baseUrl);
    const { connections, timeoutMs, responseMaxBytes } = settings;
    this.#prefix = pathname.replace(/\/$/, '');
    this.#pool = new Pool(origin, {
      connections,
      pipelining: 1,
      connectTimeout: timeoutMs,
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
      maxResponseSize: responseMaxBytes,
    });
  }

  /** `path` begins with a slash. Never rejects. */
  async get(path: string, { token, signal }: { token?: string; signal: AbortSignal }): Promise<Exchange> {
    const deadline = AbortSignal.timeout(this.settings.timeoutMs);
    const sentAt = this.clock.now();
    this.requests++;
    try {
      const { statusCode, headers, body } = await this.#pool.request({
        method: 'GET',
        path: `${this.#prefix}${path}`,
        headers: { accept: 'application/json', ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) },
        signal: AbortSignal.any([signal, deadline]),
      });
      return { ok: true, received: { status: statusCode, headers, text: await body.text(), sentAt } };
    } catch (error) {
      return { ok: false, fault: exchangeFault(error, { isAborted: signal.aborted, isLate: deadline.aborted }) };
    }
  }

  /** Requests under way are cut off. */
  stop(): Promise<void> {
    return this.#pool.destroy();
  }
}
