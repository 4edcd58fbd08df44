import { createHash, randomBytes } from 'node:crypto';

const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

export interface Handshake {
  request: Buffer;
  /** What the server must answer with. */
  accept: string;
}

/** An upgrade request with the headers of a browser; `compress`: it offers compression, as browsers do. */
export function handshake({
  host,
  path,
  subprotocol,
  compress,
}: {
  host: string;
  path: string;
  compress: boolean;
  subprotocol?: string;
}): Handshake {
  const key = randomBytes(16).toString('base64');
  const lines = [
    `GET ${path} HTTP/1.1`,
    `Host: ${host}`,
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    `Sec-WebSocket-Key: ${key}`,
    ...(compress ? ['Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits'] : []),
    ...(subprotocol ? [`Sec-WebSocket-Protocol: ${subprotocol}`] : []),
  ];
  const accept = createHash('sha1')
    .update(key + GUID)
    .digest('base64');
  return { request: Buffer.from(`${lines.join('\r\n')}\r\n\r\n`), accept };
}

export interface Accepted {
  /** permessage-deflate was agreed on. */
  deflate: boolean;
}

/** Reads the head of the answer; undefined when the server refused. */
export function readAnswer(head: string, accept: string): Accepted | undefined {
  if (!head.startsWith('HTTP/1.1 101 ') || !head.includes(accept)) return undefined;
  return { deflate: /^sec-websocket-extensions:.*permessage-deflate/im.test(head) };
}
