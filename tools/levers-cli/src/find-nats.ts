import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { UsageError } from './usage-error.js';

export interface Place {
  /** What the command line says. */
  nats: string | undefined;
  data: string | undefined;
  env: NodeJS.ProcessEnv;
  cwd: string;
  /** Root of the repository. */
  root: string;
}

/** Addresses of NATS: those given, or those of the `npm start` that runs. Throws `UsageError`. */
export async function findNats({ nats, data, env, cwd, root }: Place): Promise<string[]> {
  const variable = env['NATS_URL'] ? 'NATS_URL' : undefined;
  if (nats !== undefined) return addresses('--nats', nats);
  // A data folder that somebody names means the start that uses it.
  if (variable && data === undefined) return addresses(variable, env[variable]!);
  const folder = data === undefined ? join(root, '.data') : resolve(cwd, data);
  return [await ofRunningStart(folder)];
}

async function ofRunningStart(folder: string): Promise<string> {
  const nothing = (cause?: unknown) =>
    new UsageError(
      `No \`npm start\` is running in ${folder}: start it, name its folder with --data, or give the address with --nats nats://host:port.`,
      { cause },
    );
  const text = await readFile(join(folder, 'stack.json'), 'utf8').catch((error: unknown) => {
    throw nothing(error);
  });
  const { pid, nats } = parse(text);
  if (typeof nats !== 'string' || typeof pid !== 'number' || !isAlive(pid)) throw nothing();
  return nats;
}

function parse(text: string): { pid?: unknown; nats?: unknown } {
  try {
    return (JSON.parse(text) ?? {}) as { pid?: unknown; nats?: unknown };
  } catch {
    return {};
  }
}

/** A start that was killed has left its file behind. */
function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function addresses(name: string, text: string): string[] {
  const all = text.split(',').map((one) => one.trim());
  const wrong = all.find((one) => !/^(nats|tls):\/\/./.test(one) || !URL.canParse(one));
  if (wrong === undefined) return all;
  throw new UsageError(`${name} must look like nats://host:port, not "${wrong}".`);
}
