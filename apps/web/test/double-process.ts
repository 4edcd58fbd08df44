import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../../tools/graph-double/dist/main.js', import.meta.url));
const READY = /^graph-double at (http:\S+),/;

/** The double of the other networks, in a process of its own. */
export interface DoubleProcess {
  readonly url: string;
  /** The control API, as in `PUT world`. Throws when it refuses. */
  control: (command: string, body?: unknown) => Promise<unknown>;
  stop: () => Promise<void>;
}

/** Needs the built tool: `npm run build`. */
export async function startDouble(): Promise<DoubleProcess> {
  const running = spawn(process.execPath, [MAIN, '--port', '0', '--seed', '1'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(running, 'exit');
  let url: string | undefined;
  for await (const line of createInterface({ input: running.stdout })) {
    url = READY.exec(line)?.[1];
    if (url !== undefined) break;
  }
  if (url === undefined) throw new Error(`${MAIN} has not started: build it with npm run build.`);
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
    stop: async () => {
      running.kill();
      await ended;
    },
  };
}

/** Ada, whom `count` others follow, and who follows the first two of them back; in numbers, or as DIDs. */
export function worldOf(form: 'numbers' | 'dids', count: number) {
  const idOf = (index: number) => (form === 'numbers' ? String(index + 1) : `did:web:n${index + 1}.example`);
  const others = Array.from({ length: count }, (_, i) => ({
    id: idOf(i + 1),
    name: `Person ${i + 1}`,
    follows: [idOf(0)],
  }));
  const ada = {
    id: idOf(0),
    name: 'Ada',
    handle: form === 'dids' ? 'ada.example' : 'ada',
    follows: [idOf(1), idOf(2)],
  };
  return { members: [ada, ...others], tokens: { 'token-ada': idOf(0) } };
}
