import { execFile, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readdir, readFile, readlink } from 'node:fs/promises';
import { connect } from 'node:net';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const execFileText = promisify(execFile);

export const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

export interface Run {
  readonly pid: number;
  readonly output: { stdout: string; stderr: string };
  /** Exit code as a shell has it: 128 + the number of the signal that ended it. */
  readonly exited: Promise<number>;
  /** As Ctrl-C does: to the whole foreground group. */
  interrupt(): void;
  /** Processes that it or its descendants have started and that still live, itself too. */
  alive(): Promise<number[]>;
}

export interface RunOptions {
  /** Holds all temporary files, and the data: a process that works in there is one of ours. */
  folder: string;
  cwd?: string;
  env?: NodeJS.ProcessEnv;
}

/** Starts a program as a shell would, in a group of its own, with a mark in its environment that descendants inherit. */
export function run(command: string, args: readonly string[], { folder, cwd = ROOT, env = {} }: RunOptions): Run {
  const mark = `GROUNDSWELL_RUN=${randomUUID()}`;
  const [name, value] = mark.split('=') as [string, string];
  const child = spawn(command, args, {
    cwd,
    env: { ...outside(), TMPDIR: folder, ...env, [name]: value },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
  const exited = new Promise<number>((resolve) => {
    child.once('close', (code, signal) => resolve(code ?? 128 + constants.signals[signal!]));
  });
  return {
    pid: child.pid!,
    output,
    exited,
    interrupt: () => void process.kill(-child.pid!, 'SIGINT'),
    alive: () => living(mark, folder),
  };
}

/** `node tools/dev/entry.cjs start …` */
export function start(folder: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Run {
  return run(process.execPath, ['tools/dev/entry.cjs', 'start', ...args], { folder, env });
}

/** This process's environment without what npm and Jest have put there. */
function outside(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(npm_|NODE_ENV$|INIT_CWD$|JEST_|NATS_URL$|REDIS_URL$)/.test(name),
    ),
  );
}

/** Processes with a mark in their environment, or at work in a folder: redis-server writes its title over the former. */
async function living(mark: string, folder: string): Promise<number[]> {
  if (process.platform !== 'linux') return livingByPs(mark);
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found = pids.map(async (pid) => {
    const environment = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '');
    const place = await readlink(`/proc/${pid}/cwd`).catch(() => '');
    return environment.split('\0').includes(mark) || `${place}/`.startsWith(`${folder}/`) ? [Number(pid)] : [];
  });
  return (await Promise.all(found)).flat();
}

/** macOS shows environments with the command lines of one's own processes. */
async function livingByPs(mark: string): Promise<number[]> {
  const { stdout } = await execFileText('ps', ['axwwE', '-o', 'pid=,command=']);
  const lines = stdout.split('\n').filter((line) => line.includes(mark));
  return lines.map((line) => parseInt(line, 10));
}

/** Command line of a process. */
export async function commandOf(pid: number): Promise<string> {
  if (process.platform === 'linux') return (await readFile(`/proc/${pid}/cmdline`, 'utf8')).replaceAll('\0', ' ');
  return (await execFileText('ps', ['-ww', '-o', 'command=', '-p', String(pid)])).stdout;
}

/** Whether somebody accepts connections at a URL's port. */
export function listens(url: string): Promise<boolean> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect({ host: hostname, port: Number(port) });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

/** The last line that a program wrote for people, where one clear sentence belongs. */
export function lastLine({ output }: Run): string {
  return output.stderr.trim().split('\n').at(-1) ?? '';
}
