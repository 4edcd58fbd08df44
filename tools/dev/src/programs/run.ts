import { spawn } from 'node:child_process';

export interface Finished {
  code: number;
  output: string;
}

export interface RunOptions {
  env?: NodeJS.ProcessEnv;
  cwd?: string;
  onLine?: (line: string) => void;
  /** Asks the program to end by closing its standard input. */
  signal?: AbortSignal;
}

const OUTPUT_CHARS = 200_000;

/**
 * Runs a program to its end and gathers what it prints. It leads a process group, so that Ctrl-C in the terminal does
 * not reach it. Never rejects: a program that cannot be started has the exit code 127.
 */
export function runToEnd(command: string, args: readonly string[], options: RunOptions = {}): Promise<Finished> {
  const { env, cwd, onLine, signal } = options;
  return new Promise((resolve) => {
    const child = spawn(command, args, { env, cwd, detached: true, stdio: ['pipe', 'pipe', 'pipe'] });
    const end = () => child.stdin.end();
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      let rest = '';
      stream.setEncoding('utf8').on('data', (text: string) => {
        output = (output + text).slice(-OUTPUT_CHARS);
        const lines = (rest + text).split('\n');
        rest = lines.pop() ?? '';
        for (const line of lines) if (line.trim() !== '') onLine?.(line);
      });
    }
    child.stdin.on('error', () => undefined);
    if (signal?.aborted) end();
    signal?.addEventListener('abort', end);
    child.on('error', (error) => resolve({ code: 127, output: error.message }));
    child.on('close', (code) => {
      signal?.removeEventListener('abort', end);
      resolve({ code: code ?? 1, output });
    });
  });
}
