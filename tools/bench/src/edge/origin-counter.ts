/** Stands between the cache and the application, and counts what comes through. */
import { Agent, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { obey } from '../orders/obey.js';
import type { OriginReport } from './messages.js';

let requests = 0;
const agent = new Agent({ keepAlive: true });
const behind = Number(process.env['BEHIND_PORT']);

const server = createServer({ keepAliveTimeout: 120_000 }, (asked, reply) => {
  requests++;
  const { method, url, headers } = asked;
  const passed = request({ host: '127.0.0.1', port: behind, method, path: url, headers, agent }, (answer) => {
    reply.writeHead(answer.statusCode!, answer.headers);
    answer.pipe(reply);
  });
  passed.on('error', () => reply.destroy());
  asked.pipe(passed);
});

server.listen(0, '127.0.0.1', () => {
  obey({
    '/port': () => ({ port: (server.address() as AddressInfo).port }),
    '/count': (): OriginReport => {
      const report = { requests };
      requests = 0;
      return report;
    },
  });
});
