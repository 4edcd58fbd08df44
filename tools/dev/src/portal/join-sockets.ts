import type { IncomingMessage } from 'node:http';
import { connect, type Socket } from 'node:net';
import { type Target, UNAVAILABLE, UNAVAILABLE_HEADERS } from './forward.js';

/**
 * Joins a socket that asked for an upgrade to a backend, bytes for bytes from the handshake on: a slow reader slows the
 * backend's own writes, and closes keep their codes. Only what the kernel and two stream buffers (32 KiB) hold waits here.
 */
export function joinSockets(
  request: IncomingMessage,
  client: Socket,
  { head, target }: { head: Buffer; target: Target },
): void {
  const backend = connect({ ...target, noDelay: true, allowHalfOpen: true });
  client.setNoDelay(true);
  client.setTimeout(0);
  let connected = false;
  backend.once('connect', () => {
    connected = true;
    backend.write(requestHead(request));
    if (head.length > 0) backend.write(head);
    client.pipe(backend);
    backend.pipe(client);
  });
  backend.once('error', () => {
    if (connected) client.destroy();
    else client.end(refusal());
  });
  client.once('error', () => backend.destroy());
  // After an orderly end both have been told; after any other end the other half must not wait for ever.
  client.once('close', () => backend.destroy());
  backend.once('close', () => {
    if (connected) client.destroySoon();
  });
}

/** The request as it came: a handshake is signed by its headers, so none is changed. */
function requestHead({ method, url, httpVersion, rawHeaders }: IncomingMessage): string {
  const lines = [`${method} ${url} HTTP/${httpVersion}`];
  for (let i = 0; i < rawHeaders.length; i += 2) lines.push(`${rawHeaders[i]}: ${rawHeaders[i + 1]}`);
  return `${lines.join('\r\n')}\r\n\r\n`;
}

function refusal(): string {
  const headers = Object.entries({ ...UNAVAILABLE_HEADERS, connection: 'close' });
  return `HTTP/1.1 503 Service Unavailable\r\n${headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${UNAVAILABLE}`;
}
