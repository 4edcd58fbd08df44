import { readdirSync, readFileSync } from 'node:fs';

/** CPU seconds that a process has used, user and system, all its threads. */
export function cpuSeconds(pid: number): number {
  return cpuByThread(pid) ?? cpuByTicks(readFileSync(`/proc/${pid}/stat`, 'utf8'));
}

/** The scheduler's own account, to the nanosecond. The sum of utime and stime is the same in steps of 10 ms. */
function cpuByThread(pid: number): number | undefined {
  try {
    let nanoseconds = 0;
    for (const thread of readdirSync(`/proc/${pid}/task`)) {
      nanoseconds += Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]);
    }
    return nanoseconds > 0 ? nanoseconds / 1e9 : undefined;
  } catch {
    return undefined;
  }
}

/** utime + stime of a line of /proc/<pid>/stat. The name, in brackets, may hold anything. */
export function cpuByTicks(stat: string): number {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** Resident memory of a process, KB. */
export function residentKb(pid: number): number {
  const line = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  if (!line) throw new RangeError(`process ${pid} has no VmRSS`);
  return Number(line[1]);
}

/** What the kernel holds for sockets and its other objects, KB: slabs and the buffers of TCP. */
export function kernelKb(): number {
  const slab = /^Slab:\s+(\d+) kB/m.exec(readFileSync('/proc/meminfo', 'utf8'));
  const pages = /^TCP:.* mem (\d+)/m.exec(readFileSync('/proc/net/sockstat', 'utf8'));
  return Number(slab?.[1] ?? 0) + Number(pages?.[1] ?? 0) * 4;
}
