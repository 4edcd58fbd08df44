import { Fault } from '../fault.js';
import type { Supervised } from './supervised.js';

/** The processes of the stack by name: `nats`, `redis`, `ingest`, `fanout-1`… */
export class Processes {
  private readonly byName = new Map<string, Supervised>();

  /** Starts them side by side; one that fails fails all, and the others are given up. */
  async start(...processes: readonly Supervised[]): Promise<void> {
    for (const process of processes) this.byName.set(process.name, process);
    try {
      await Promise.all(processes.map((process) => process.start()));
    } catch (error) {
      await Promise.all(processes.map((process) => process.stop(0)));
      throw error;
    }
  }

  find(name: string): Supervised | undefined {
    return this.byName.get(name);
  }

  get names(): string[] {
    return [...this.byName.keys()];
  }

  /** Ends those whose name fits, side by side. */
  async stop(fits: (name: string) => boolean, graceMs: number): Promise<void> {
    const chosen = [...this.byName.values()].filter(({ name }) => fits(name));
    await Promise.all(chosen.map((process) => process.stop(graceMs)));
  }

  /** Port that a process listens on. */
  port(name: string): number {
    const port = this.byName.get(name)?.lastPort;
    if (port === undefined) throw new Fault(`${name} has not been started.`);
    return port;
  }

  /** Process ids by name; those that do not run are left out. */
  get pids(): Record<string, number> {
    return Object.fromEntries([...this.byName].flatMap(([name, { pid }]) => (pid === undefined ? [] : [[name, pid]])));
  }
}
