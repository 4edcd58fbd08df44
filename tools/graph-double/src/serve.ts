import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from './answer.js';
import { control } from './control.js';
import { preflight } from './cors.js';
import type { Double } from './double.js';
import type { Spoiled } from './spoil.js';

const BODY_MOST = 64 * 1024 * 1024;

export interface Serving {
  /** Where it listens. The APIs are below /graph, /bluesky and /mastodon. */
  readonly url: string;
  stop(): Promise<void>;
}

/** Listens on loopback; port 0: any that is free. */
export async function serve(double: Double, port: number): Promise<Serving> {
  const server = createServer((request, response) => {
    handle(double, request, response).catch((error: Error) => {
      process.stderr.write(`${error.stack}\n`);
      response.destroy();
    });
  });
  await listen(server, port);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
}

async function handle(double: Double, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const origin = `http://${request.headers.host}`;
  const url = new URL(request.url ?? '/', origin);
  if (url.pathname.startsWith('/control/')) {
    const body = await read(request);
    send(response, {
      answer: control(double, { method: request.method!, path: url.pathname, body }),
      delivery: 'whole',
    });
    return;
  }
  if (request.method === 'OPTIONS') {
    const wanted = request.headers['access-control-request-headers'];
    send(response, { answer: preflight(wanted), text: '', delivery: 'whole' });
    return;
  }
  if (request.method !== 'GET') {
    send(response, { answer: json({ error: 'Method Not Allowed' }, 405), delivery: 'whole' });
    return;
  }
  const token = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
  send(response, double.answer(url, { token, origin }));
}

function send(response: ServerResponse, { answer, text, delivery }: Spoiled): void {
  if (delivery === 'never') return;
  const body = Buffer.from(text ?? JSON.stringify(answer.body));
  response.writeHead(answer.status, { ...answer.headers, 'content-length': body.length });
  if (delivery === 'whole') {
    response.end(body);
    return;
  }
  response.write(body.subarray(0, body.length / 2), () => response.destroy());
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > BODY_MOST) throw new Error('A request of the control API is longer than 64 MiB.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}
