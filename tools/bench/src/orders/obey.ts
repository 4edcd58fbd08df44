import { createServer } from 'node:http';
import { sayListening } from '../peers/listening.js';

/** Serves orders by HTTP on loopback, a JSON body in and out, each under its own address. */
export function obey(orders: Readonly<Record<string, (order: never) => unknown>>): void {
  const answer = async (path: string, body: string): Promise<unknown> => {
    const act = orders[path];
    if (!act) throw new RangeError(`there is no order ${path}`);
    return act((body ? JSON.parse(body) : undefined) as never);
  };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      answer(request.url ?? '', Buffer.concat(chunks).toString('utf8')).then(
        (result) => response.end(JSON.stringify(result ?? {})),
        (error: Error) => response.writeHead(500).end(JSON.stringify({ error: error.message })),
      );
    });
  });
  server.listen(0, '127.0.0.1', () => sayListening({ port: (server.address() as { port: number }).port }));
}
