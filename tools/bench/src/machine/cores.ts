import { findProgram } from '@groundswell/launch';
import { execFileSync } from 'node:child_process';

/** The server that is measured has a core of its own; load, swarm, NATS and Redis share the other. */
export interface Cores {
  server: number;
  load: number;
}

/** The first two cores that this process may use; undefined when there is one only. `allowed` as in /proc: `0-1,4`. */
export function chooseCores(allowed: string): Cores | undefined {
  const cores = allowed.split(',').flatMap((range) => {
    const [from, to = from] = range.split('-').map(Number);
    return Array.from({ length: to! - from! + 1 }, (_, i) => from! + i);
  });
  const [server, load] = cores;
  return server === undefined || load === undefined ? undefined : { server, load };
}

/** Moves this process, and so whatever it starts from now on, to the core of the load. */
export async function moveToLoadCore({ load }: Cores): Promise<void> {
  const taskset = await findProgram('taskset');
  execFileSync(taskset, ['-a', '-c', '-p', String(load), String(process.pid)], { stdio: 'pipe' });
}

/** A command that runs on one core; the process keeps the id it starts with. */
export function onCore(core: number | undefined, command: string, args: readonly string[]) {
  if (core === undefined) return { command, args };
  return { command: 'taskset', args: ['-c', String(core), command, ...args] };
}
