import { eventually } from '@groundswell/testing';
import { start, type Run } from './start-process.js';

/** The line that `start --json` prints. */
export interface Ready {
  page: string;
  ingest: string;
  fanouts: string[];
  nats: string;
  redis: string;
  networks: string;
  pids: { nats: number; redis: number; ingest: number; fanouts: number[] };
  event: string;
  data: string;
  signIn: { name: string; link: string }[];
  tokensUrl: string;
  processesUrl: string;
}

export const SECRET = 'secret-of-the-test';

export interface ReadyOptions {
  /** Fan-out nodes; default 1. */
  fanouts?: number;
  env?: NodeJS.ProcessEnv;
}

/** Starts a stack on free ports and waits until it runs. */
export async function startReady(
  folder: string,
  data: string,
  { fanouts = 1, env }: ReadyOptions = {},
): Promise<{ run: Run; ready: Ready }> {
  const place = ['--port', '0', '--data', data, '--fanouts', String(fanouts)];
  const run = start(folder, ['--json', '--empty', ...place, '--token-secret', SECRET], env);
  let ended = false;
  void run.exited.then(() => (ended = true));
  const readyLine = () => run.output.stdout.split('\n').find((one) => one.startsWith('{'));
  await eventually(() => ended || readyLine(), { timeoutMs: 120_000, message: 'the stack is ready' });
  if (ended) throw new Error(`The stack has ended: ${run.output.stderr}`);
  return { run, ready: JSON.parse(readyLine()!) as Ready };
}

/** Sends JSON and gives status and body. */
export async function post(
  url: string,
  body: unknown,
  bearer?: string,
): Promise<{ status: number; body: Record<string, unknown> }> {
  const headers = { 'content-type': 'application/json', ...(bearer ? { authorization: `Bearer ${bearer}` } : {}) };
  const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}
