import { spawn } from 'node:child_process';
import { basename } from 'node:path';
import { DiskFull, PortInUse, ProgramMissing, StartFailed } from './errors.js';
import { LastLines } from './last-lines.js';
import { guard, signal, unguard } from './watchdog.js';

export interface StartOptions {
  /** Program, absolute or in PATH. */
  command: string;
  args?: readonly string[];
  /** The whole environment; default that of this process. */
  env?: NodeJS.ProcessEnv;
  cwd?: string;
  /**
   * When it counts as started: a line of output that matches, or a question asked again until it answers true (it may
   * throw while the program is not there yet; `signal` tells it that nobody waits any more). Absent: at once.
   */
  ready?: RegExp | ((started: { pid: number; signal: AbortSignal }) => Promise<boolean>);
  /** Milliseconds to become ready; default 20,000. */
  readyMs?: number;
  /** A process group of its own, so that a terminal's Ctrl-C does not reach it and its children end with it. Default true. */
  group?: boolean;
  /** Receives every line of output. */
  onLine?: (line: string) => void;
  /** Gives the start up: what was started is killed and the reason thrown. Has no effect once it is ready. */
  signal?: AbortSignal;
  /** Named in errors only. */
  port?: number;
  dir?: string;
}

export interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

export interface StopOptions {
  /** Default SIGTERM. */
  signal?: NodeJS.Signals;
  /** Milliseconds until SIGKILL; default 5,000. */
  graceMs?: number;
}

export interface RunningProcess {
  readonly pid: number;
  /** Resolves when it has ended, however it did; never rejects. */
  readonly exited: Promise<Exit>;
  /** Last lines of output, oldest first. */
  readonly output: readonly string[];
  /** Asks it to end, insists after the grace time, resolves when it has. May be called again at any time. */
  stop(options?: StopOptions): Promise<Exit>;
  /** SIGKILL; resolves when it has ended. */
  kill(): Promise<Exit>;
}

/**
 * Starts a program and waits until it is ready. Throws `ProgramMissing`, `PortInUse`, `DiskFull` or `StartFailed`, and
 * then nothing is left running. What was started never outlives this process (see watchdog.ts).
 */
export async function startProcess(options: StartOptions): Promise<RunningProcess> {
  const { command, args = [], env, cwd, group = true, onLine } = options;
  options.signal?.throwIfAborted();
  const child = spawn(command, args, { env, cwd, detached: group, stdio: ['ignore', 'pipe', 'pipe'] });
  const output = new LastLines();
  if (onLine) output.onLine(onLine);
  output.read(child.stdout);
  output.read(child.stderr);
  const { pid } = child;
  if (pid === undefined) throw await spawnFailure(child, options);

  const target = group ? -pid : pid;
  guard(target);
  // `exit` comes with the process, `close` once its output has been read too.
  child.once('exit', () => {
    if (group) signal(target, 'SIGKILL');
    unguard(target);
  });
  const exited = new Promise<Exit>((resolve) => {
    let ended: Exit | undefined;
    const end = () => resolve(ended!);
    child.once('exit', (code, by) => {
      ended = { code, signal: by };
      // A child of its own may keep the output open for ever.
      setTimeout(end, 200).unref();
    });
    child.once('close', end);
  });
  const hasExited = () => child.exitCode !== null || child.signalCode !== null;

  const kill = (): Promise<Exit> => {
    if (!hasExited()) signal(target, 'SIGKILL');
    return exited;
  };
  const stop = async ({ signal: name = 'SIGTERM', graceMs = 5_000 }: StopOptions = {}): Promise<Exit> => {
    if (hasExited()) return exited;
    signal(target, name);
    const timer = setTimeout(() => void kill(), graceMs);
    const exit = await exited;
    clearTimeout(timer);
    return exit;
  };
  const running: RunningProcess = {
    pid,
    exited,
    get output() {
      return output.lines;
    },
    stop,
    kill,
  };
  try {
    await untilReady(running, output, options);
  } catch (error) {
    await kill();
    throw error;
  }
  return running;
}

async function untilReady(running: RunningProcess, output: LastLines, options: StartOptions): Promise<void> {
  const { ready, readyMs = 20_000, command, signal: given } = options;
  if (!ready) return;
  const waiting = new AbortController();
  let giveUp: (() => void) | undefined;
  const failed = (reason: string, cause?: unknown) =>
    new StartFailed(basename(command), reason, output.lines, { cause });
  let timer: NodeJS.Timeout | undefined;
  let lastError: unknown;
  try {
    await Promise.race([
      ready instanceof RegExp
        ? lineMatches(output, ready, waiting.signal)
        : answersTrue(
            () => ready({ pid: running.pid, signal: waiting.signal }),
            waiting.signal,
            (error) => (lastError = error),
          ),
      running.exited.then((exit) => {
        throw explainExit(exit, output.lines, options);
      }),
      new Promise<never>((_, reject) => {
        timer = setTimeout(() => reject(failed(`was not ready within ${readyMs} ms`, lastError)), readyMs);
        giveUp = () => reject(given?.reason);
        given?.addEventListener('abort', giveUp);
        if (given?.aborted) giveUp();
      }),
    ]);
  } finally {
    clearTimeout(timer);
    if (giveUp) given?.removeEventListener('abort', giveUp);
    waiting.abort();
  }
}

function lineMatches(output: LastLines, pattern: RegExp, signalled: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (output.lines.some((line) => pattern.test(line))) return resolve();
    const off = output.onLine((line) => {
      if (pattern.test(line)) resolve();
    });
    signalled.addEventListener('abort', off);
  });
}

async function answersTrue(
  ask: () => Promise<boolean>,
  signalled: AbortSignal,
  onError: (error: unknown) => void,
): Promise<void> {
  while (!signalled.aborted) {
    try {
      if (await ask()) return;
    } catch (error) {
      onError(error);
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function explainExit(exit: Exit, lines: readonly string[], { command, port, dir }: StartOptions): Error {
  const program = basename(command);
  const how = exit.signal ? `was ended by ${exit.signal}` : `ended with exit code ${exit.code}`;
  const failure = new StartFailed(program, how, lines);
  const text = lines.join('\n');
  if (/address already in use|EADDRINUSE/i.test(text)) return new PortInUse(program, port, { cause: failure });
  if (/no space left on device|ENOSPC|disk quota exceeded/i.test(text)) {
    return new DiskFull(program, dir, { cause: failure });
  }
  return failure;
}

async function spawnFailure(child: ReturnType<typeof spawn>, { command, cwd }: StartOptions): Promise<Error> {
  const error = await new Promise<NodeJS.ErrnoException>((resolve) => child.once('error', resolve));
  if (error.code === 'ENOENT' && cwd === undefined) return new ProgramMissing(command, ['PATH']);
  return new StartFailed(basename(command), `could not be started (${error.message})`, [], { cause: error });
}
