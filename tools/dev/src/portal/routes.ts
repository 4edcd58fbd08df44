import { paths } from '@groundswell/protocol';

export type Backend = 'ingest' | 'fanout';

/** Addresses that fan-out nodes serve; every other one under /v1 is a command or a question to ingest. */
const FANOUT = [
  /^\/v1\/time\/[^/]+$/,
  /^\/v1\/events\/[^/]+\/head\/.+$/,
  /^\/v1\/events\/[^/]+\/stream$/,
  /^\/v1\/events\/[^/]+\/friends$/,
  /^\/v1\/events\/[^/]+\/[^/]+\/segments\/[^/]+$/,
  /^\/v1\/events\/[^/]+\/[^/]+\/snapshots\/[^/]+$/,
  /^\/v1\/events\/[^/]+\/[^/]+\/authors\/[^/]+$/,
];

/** Who answers an address (path with or without a query); undefined when the portal itself does. */
export function backendOf(url: string): Backend | undefined {
  const path = url.split('?')[0] ?? '';
  if (path !== '/v1' && !path.startsWith('/v1/')) return undefined;
  return path === paths.socket() || FANOUT.some((pattern) => pattern.test(path)) ? 'fanout' : 'ingest';
}

/** Whether an upgrade request asks for the socket. */
export function isSocket(url: string): boolean {
  return url.split('?')[0] === paths.socket();
}
