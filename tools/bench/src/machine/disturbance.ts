import { readFileSync } from 'node:fs';
import { cpuSeconds } from './process-figures.js';

/** Share of the server's core that others may take before a warning. */
export const DISTURBED = 0.05;

/** How much of the server's core went to processes that have no part in the run, while something was measured. */
export class Disturbance {
  private others = 0;
  private wall = 0;

  constructor(private readonly core: number | undefined) {}

  /** Starts watching; the function returned ends that. */
  watch(pid: number): () => void {
    if (this.core === undefined) return () => undefined;
    const [busy, own, start] = [this.busy(), cpuSeconds(pid), performance.now()];
    return () => {
      const others = this.busy() - busy - (cpuSeconds(pid) - own);
      this.wall += (performance.now() - start) / 1000;
      this.others += Math.max(0, others);
    };
  }

  /** 0 to 1; undefined when nothing was watched. */
  get share(): number | undefined {
    return this.wall === 0 ? undefined : Math.min(1, this.others / this.wall);
  }

  private busy(): number {
    return busySeconds(readFileSync('/proc/stat', 'utf8'), this.core!);
  }
}

/** Seconds that a core has spent in processes, or was not given by its host. Interrupts are left out. */
export function busySeconds(stat: string, core: number): number {
  const line = stat.split('\n').find((one) => one.startsWith(`cpu${core} `));
  if (!line) throw new RangeError(`there is no core ${core}`);
  const [user, nice, system, , , , , steal] = line.split(/\s+/).slice(1).map(Number);
  return (user! + nice! + system! + (steal ?? 0)) / 100;
}
