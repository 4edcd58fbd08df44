import { startProcess } from '@groundswell/launch';
import { join } from 'node:path';
import type { Journal } from '../stack/journal.js';
import { Supervised } from '../stack/supervised.js';
import type { Networks } from './networks.js';

const MAIN = ['tools', 'graph-double', 'dist', 'main.js'];
const READY = /^graph-double at (http:\/\/127\.0\.0\.1:(\d+)),/;
const SEED = '1';

export interface NetworksPlace {
  root: string;
  journal: Journal;
  say: (sentence: string) => void;
}

/** The double of the remote networks, which is told of its members each time that it starts. */
export function networksProcess(networks: Networks, { root, journal, say }: NetworksPlace): Supervised {
  const log = journal.of('networks');
  return new Supervised({
    name: 'networks',
    say,
    start: async ({ port, signal }) => {
      const running = await startProcess({
        command: process.execPath,
        args: [join(root, ...MAIN), '--port', String(port ?? 0), '--seed', SEED],
        env: process.env,
        onLine: log,
        ready: READY,
        signal,
        ...(port === undefined ? {} : { port }),
      });
      const { url, port: own } = addressIn(running.output);
      try {
        await networks.settle(url);
      } catch (error) {
        await running.kill();
        throw error;
      }
      return Object.assign(running, { port: own });
    },
  });
}

/** It is there, as the process counted as ready by it. */
function addressIn(lines: readonly string[]): { url: string; port: number } {
  const [, url = '', port] = lines.map((line) => READY.exec(line)).find((match) => match !== null) ?? [];
  return { url, port: Number(port) };
}
