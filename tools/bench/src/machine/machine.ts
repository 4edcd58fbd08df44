import { readFileSync } from 'node:fs';
import { arch, cpus, loadavg, release, totalmem } from 'node:os';
import type { Cores } from './cores.js';

/** Where the figures come from. */
export interface Machine {
  cpu: string;
  cores: number;
  memoryGiB: number;
  arch: string;
  kernel: string;
  node: string;
  /** Core of the server measured and core of everything else; null: not pinned. */
  pinned: Cores | null;
  /** Load of the last minute when the run began: a busy machine explains odd figures. */
  load1: number;
  openFiles: number;
  /** Share of the server's core that went to processes without a part in the run, while it was measured. */
  others?: number;
}

export function describeMachine(cores: Cores | undefined): Machine {
  const processors = cpus();
  return {
    cpu: processors[0]?.model.trim() ?? 'unknown',
    cores: processors.length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    arch: arch(),
    kernel: release(),
    node: process.version,
    pinned: cores ?? null,
    load1: Math.round(loadavg()[0]! * 100) / 100,
    openFiles: openFiles(),
  };
}

function openFiles(): number {
  const line = /^Max open files\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8'));
  return line ? Number(line[1]) : 0;
}
