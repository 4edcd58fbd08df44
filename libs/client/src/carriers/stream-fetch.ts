/** The part of fetch that streams need; browsers and Node have it. */
export interface StreamReader {
  read(): Promise<{ done: boolean; value?: Uint8Array }>;
  cancel(): Promise<void>;
}

export interface StreamAnswer {
  readonly status: number;
  readonly body: { getReader(): StreamReader } | null;
}

export interface StreamRequest {
  headers: Record<string, string>;
  credentials: 'omit';
  cache: 'no-store';
}

export type StreamFetch = (url: string, request: StreamRequest) => Promise<StreamAnswer>;

/** Decodes UTF-8 that comes in pieces. */
export interface StreamDecoder {
  decode(piece: Uint8Array, options: { stream: true }): string;
}

const surroundings = globalThis as unknown as { fetch: StreamFetch; TextDecoder: new () => StreamDecoder };

/** `fetch` of the surroundings. */
export const systemStreamFetch: StreamFetch = (url, request) => surroundings.fetch(url, request);

export function newDecoder(): StreamDecoder {
  return new surroundings.TextDecoder();
}
