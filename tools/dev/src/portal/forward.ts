import { problem } from '@groundswell/protocol';
import { request as connectTo, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import { pipeline } from 'node:stream';

/** Headers that belong to one connection, not to the message (RFC 9110, 7.6.1). */
const PER_HOP = ['connection', 'keep-alive', 'proxy-connection', 'te', 'trailer', 'transfer-encoding', 'upgrade'];

export interface Target {
  host: string;
  port: number;
}

/**
 * Hands a request on and its answer back, byte by byte as they come: an import and its progress flow at the same time.
 * A backend that is away is answered for with a problem document, 503.
 */
export function forward(request: IncomingMessage, response: ServerResponse, { host, port }: Target): void {
  const onward = connectTo({
    host,
    port,
    method: request.method,
    path: request.url,
    headers: endToEnd(request.headers),
    // A kept connection may be closed by a backend that restarts just when the next request is written to it.
    agent: false,
  });
  onward.on('response', (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.statusMessage, endToEnd(answer.headers));
    response.flushHeaders();
    pipeline(answer, response, () => undefined);
  });
  onward.on('error', () => {
    if (response.headersSent) response.destroy();
    else refuse(response);
  });
  response.on('close', () => onward.destroy());
  pipeline(request, onward, () => undefined);
}

function endToEnd(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  const named = (headers.connection ?? '').split(',').map((name) => name.trim().toLowerCase());
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => !PER_HOP.includes(name) && !named.includes(name)),
  );
}

/** What a client is told while a backend is away. */
export const UNAVAILABLE = JSON.stringify(
  problem('unavailable', 'A server behind the portal is not running; it is being started again. Retry in a second.'),
);
export const UNAVAILABLE_HEADERS = {
  'content-type': 'application/problem+json; charset=utf-8',
  'content-length': String(Buffer.byteLength(UNAVAILABLE)),
  'retry-after': '1',
  'cache-control': 'no-store',
};

function refuse(response: ServerResponse): void {
  response.writeHead(503, { ...UNAVAILABLE_HEADERS, connection: 'close' });
  response.end(UNAVAILABLE);
}
