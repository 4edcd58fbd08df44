import type { Fetch, NetworkAnswer, Place } from '../src/elsewhere/lists/list-reader.js';

export interface PaperAnswer {
  status?: number;
  body: unknown;
  link?: string;
}

export interface Asked {
  url: URL;
  headers: Record<string, string>;
  init: RequestInit;
}

/** A network that answers what is written here, in this order or by the address asked; keeps what it was asked. */
export class NetworkOnPaper {
  readonly asked: Asked[] = [];
  readonly #answer: (asked: Asked) => PaperAnswer | Promise<PaperAnswer>;

  constructor(answer: readonly PaperAnswer[] | ((asked: Asked) => PaperAnswer | Promise<PaperAnswer>)) {
    this.#answer =
      typeof answer === 'function' ? answer : () => answer[this.asked.length - 1] ?? { status: 404, body: {} };
  }

  readonly fetch: Fetch = async (url, init): Promise<NetworkAnswer> => {
    const asked = { url: new URL(url), headers: init.headers as Record<string, string>, init };
    this.asked.push(asked);
    const { status = 200, body, link = null } = await this.#answer(asked);
    init.signal?.throwIfAborted();
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    return { status, headers: { get: (name) => (name === 'link' ? link : null) }, text: () => Promise.resolve(text) };
  };

  place(signal: AbortSignal = new AbortController().signal): Place {
    return { url: 'https://network.example/base', fetch: this.fetch, signal };
  }

  /** Path and parameters of each question. */
  paths(): string[] {
    return this.asked.map(({ url }) => url.pathname + url.search);
  }
}
