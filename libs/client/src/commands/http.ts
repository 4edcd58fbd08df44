/** The part of fetch that is used; browsers and Node have it. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  text(): Promise<string>;
}

export interface HttpRequest {
  method: string;
  headers: Record<string, string>;
  body?: string;
  /** `omit`: no cookies, so that shared caches answer. */
  credentials?: 'omit';
}

export type FetchLike = (url: string, request: HttpRequest) => Promise<HttpAnswer>;

/** `fetch` of the surroundings. */
export const systemFetch: FetchLike = (url, request) =>
  (globalThis as unknown as { fetch: FetchLike }).fetch(url, request);

/** A key that no other call has: 128 random bits. `randomUUID` is left out, since pages on plain http lack it. */
export function newIdempotencyKey(): string {
  const { crypto } = globalThis as unknown as { crypto: { getRandomValues(bytes: Uint8Array): Uint8Array } };
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
