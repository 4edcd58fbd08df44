import { request, type IncomingHttpHeaders } from 'node:http';
import type { RunningServer } from '@groundswell/launch';
import { tempDir, type TempDir } from '@groundswell/testing';
import { startEdge } from '../src/edges.js';
import type { EdgeName } from '../src/options.js';
import { Origin } from './origin.js';

export interface Got {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

export interface Edge {
  readonly url: string;
  readonly origin: Origin;
  get(path: string, options?: { method?: string; headers?: Record<string, string> }): Promise<Got>;
  /** Asks as many times at once. */
  crowd(path: string, size: number): Promise<Got[]>;
}

/** A cache of its own, empty, before an origin that counts; from `beforeAll` to `afterAll`. */
export function useEdge(name: EdgeName): Edge {
  let dir: TempDir | undefined;
  let running: RunningServer | undefined;
  let origin: Origin | undefined;
  beforeAll(async () => {
    dir = await tempDir();
    origin = await Origin.start();
    running = await startEdge(name, { dir: dir.path, origin: origin.port });
  }, 30_000);
  afterAll(async () => {
    await running?.stop();
    await origin?.stop();
    await dir?.remove();
  });
  const edge: Edge = {
    get url() {
      return running!.url;
    },
    get origin() {
      return origin!;
    },
    get: (path, { method = 'GET', headers = {} } = {}) => ask(`${running!.url}${path}`, method, headers),
    crowd: (path, size) => Promise.all(Array.from({ length: size }, () => edge.get(path))),
  };
  return edge;
}

/** A request on a connection of its own, with exactly these headers. */
function ask(url: string, method: string, headers: Record<string, string>): Promise<Got> {
  return new Promise((resolve, reject) => {
    const asking = request(url, { method, headers, agent: false }, (answer) => {
      let body = '';
      answer.setEncoding('utf8');
      answer.on('data', (text: string) => (body += text));
      answer.on('end', () => resolve({ status: answer.statusCode!, headers: answer.headers, body }));
      answer.on('error', reject);
    });
    asking.on('error', reject);
    asking.end();
  });
}
