/**
 * Ends what is left when this process ends, however it ends. A shell in a session of its own is told every process
 * group that is running. When this process dies, even by SIGKILL, the pipe between them closes, and the shell kills
 * what it still has on its list. It exists only while there is something to guard.
 */
import { spawn, type ChildProcess } from 'node:child_process';

const SCRIPT = `
trap '' INT TERM HUP QUIT
left=
while read -r what id; do
  rest=
  for one in $left; do [ "$one" = "$id" ] || rest="$rest $one"; done
  left=$rest
  [ "$what" = - ] || left="$left $id"
done
for one in $left; do kill -s KILL -- "$one"; done
`;

/** Targets as `kill` takes them: a pid, or minus a process group. */
const guarded = new Set<number>();
let shell: ChildProcess | undefined;
let exitHook = false;

/** Guards a target of `kill` (a pid, or minus a process group) until `unguard`. */
export function guard(target: number): void {
  guarded.add(target);
  if (!exitHook) {
    exitHook = true;
    process.on('exit', killAll);
  }
  if (!shell) {
    shell = startShell();
    for (const one of guarded) tell(`+ ${one}`);
  } else tell(`+ ${target}`);
}

/** The target has ended: its number may belong to somebody else from now on. */
export function unguard(target: number): void {
  if (!guarded.delete(target)) return;
  tell(`- ${target}`);
  if (guarded.size > 0) return;
  shell?.stdin?.end();
  shell = undefined;
  process.removeListener('exit', killAll);
  exitHook = false;
}

function startShell(): ChildProcess {
  const started = spawn('/bin/sh', ['-c', SCRIPT], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
  started.unref();
  // The pipe must not keep this process alive either; a socket has `unref`, the type says only Writable.
  (started.stdin as unknown as { unref(): void }).unref();
  started.stdin.on('error', () => undefined);
  started.on('error', () => undefined);
  return started;
}

function tell(line: string): void {
  shell?.stdin?.write(`${line}\n`);
}

function killAll(): void {
  for (const target of guarded) signal(target, 'SIGKILL');
}

/** Sends a signal; false when nobody is there any more. */
export function signal(target: number, name: NodeJS.Signals): boolean {
  try {
    process.kill(target, name);
    return true;
  } catch {
    return false;
  }
}
