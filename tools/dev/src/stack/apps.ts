import { appCommand, startProcess, StartFailed, type AppCommand } from '@groundswell/launch';
import { Fault } from '../fault.js';
import type { Journal } from './journal.js';
import { numberIn, problemIn } from './problems.js';
import { Supervised, type Started } from './supervised.js';

/** A node reads its part of the log before it is ready. */
const READY_MS = 120_000;
const LISTENING = { msg: 'listening', field: 'port' };

export interface AppPlace {
  root: string;
  /** Environment that every app gets: servers, key, limits. */
  env: NodeJS.ProcessEnv;
  journal: Journal;
  say: (sentence: string) => void;
}

/** A server of ours, `apps/<app>`, under a name of its own. Ready when `GET /ready` answers 200. */
export function appProcess(app: string, name: string, { root, env, journal, say }: AppPlace): Supervised {
  return new Supervised({
    name,
    say,
    start: async (again) => {
      const run = await appCommand(root, app);
      return startApp({ name, run, env: { ...env, NODE_ID: name }, log: journal.of(name), ...again });
    },
  });
}

export interface StartAppOptions {
  name: string;
  run: AppCommand;
  env: NodeJS.ProcessEnv;
  log: (line: string) => void;
  /** Undefined = any free one. */
  port: number | undefined;
  signal: AbortSignal;
}

/** Starts an app and waits until it is ready. Throws `Fault` with the reason that it gave in its log. */
export async function startApp({ name, run, env, log, port: wanted, signal }: StartAppOptions): Promise<Started> {
  let port: number | undefined;
  try {
    const running = await startProcess({
      ...run,
      env: { ...env, PORT: String(wanted ?? 0), HOST: '127.0.0.1' },
      onLine: (line) => {
        port ??= numberIn(line, LISTENING);
        log(line);
      },
      ready: async (started) => port !== undefined && (await isReady(port, started.signal)),
      readyMs: READY_MS,
      signal,
      ...(wanted === undefined ? {} : { port: wanted }),
    });
    return Object.assign(running, { port: port! });
  } catch (error) {
    if (error instanceof StartFailed) throw explain(name, error);
    throw error;
  }
}

async function isReady(port: number, signal: AbortSignal): Promise<boolean> {
  const answer = await fetch(`http://127.0.0.1:${port}/ready`, { signal });
  await answer.body?.cancel();
  return answer.status === 200;
}

/** An app says why it ended in its log: the last problem, else the last line. */
function explain(name: string, failure: StartFailed): Fault {
  const lines = failure.output.filter((line) => line.trim() !== '');
  const reason = lines.map(problemIn).findLast((problem) => problem) ?? lines.findLast((line) => !/^\s+at /.test(line));
  return new Fault(`${name} ${failure.reason}${reason ? `: ${reason}` : ''}.`, { cause: failure });
}
