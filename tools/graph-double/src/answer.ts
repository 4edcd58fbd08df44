/** An answer before it is sent, so that a fault can still change it. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: unknown;
}

export type Api = 'graph' | 'bluesky' | 'mastodon';

export const APIS: readonly Api[] = ['graph', 'bluesky', 'mastodon'];

export function json(body: unknown, status = 200, headers: Record<string, string> = {}): Answer {
  return { status, headers: { 'content-type': 'application/json; charset=utf-8', ...headers }, body };
}
