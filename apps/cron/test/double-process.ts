import { startProcess, type RunningProcess } from '@groundswell/launch';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../../tools/graph-double/dist/main.js', import.meta.url));
const READY = /graph-double at (http:\S+),/;

/** The double of the remote APIs, in a process of its own. */
export interface DoubleProcess {
  readonly url: string;
  /** The control API. Throws when it refuses. */
  control(command: string, body?: unknown): Promise<unknown>;
  stop(): Promise<unknown>;
}

/** Needs the built tool: `npm run build`. */
export async function startDouble(args: readonly string[] = []): Promise<DoubleProcess> {
  const running: RunningProcess = await startProcess({
    command: process.execPath,
    args: [MAIN, '--port', '0', ...args],
    env: process.env,
    ready: READY,
  });
  const url = running.output.map((line) => READY.exec(line)?.[1]).find((found) => found !== undefined)!;
  return {
    url,
    control: async (command, body) => {
      const [method, path] = command.split(' ');
      const sent = body === undefined ? {} : { body: JSON.stringify(body) };
      const answer = await fetch(`${url}/control/${path}`, { method: method!, ...sent });
      const told: unknown = await answer.json();
      if (!answer.ok) throw new Error(`${command}: ${JSON.stringify(told)}`);
      return told;
    },
    stop: () => running.stop(),
  };
}
