import { CrowdProcess } from './crowd-process.js';
import type { Arrivals, CrowdReport, JudgeOrder, Orders } from './orders.js';

/** So that the clients' own work does not hide what is measured, and a process stays below its limit of files. */
const CLIENTS_PER_PROCESS = 1_000;

/** All clients of a run, in as many processes as they need. */
export class Crowd {
  private readonly processes: CrowdProcess[];
  private readonly share: number;

  constructor(private readonly size: number) {
    const count = Math.ceil(size / CLIENTS_PER_PROCESS);
    this.share = Math.ceil(size / count);
    this.processes = Array.from({ length: count }, () => CrowdProcess.start());
  }

  async join({ url, event, members }: Orders['join']['order']): Promise<void> {
    if (members.length !== this.size) throw new RangeError(`the crowd is ${this.size}, not ${members.length}`);
    await Promise.all(
      this.processes.map((process, i) =>
        process.give('join', { url, event, members: members.slice(i * this.share, (i + 1) * this.share) }),
      ),
    );
  }

  async cut(): Promise<void> {
    await Promise.all(this.processes.map((process) => process.give('cut', {})));
  }

  async arrivals(n: number): Promise<Arrivals> {
    const all = await Promise.all(this.processes.map((process) => process.give('arrivals', { n })));
    return {
      at: all.flatMap(({ at }) => at),
      missing: all.reduce((sum, { missing }) => sum + missing, 0),
      waits: all.reduce((sum, { waits }) => sum + waits, 0),
    };
  }

  async judge(order: JudgeOrder): Promise<CrowdReport> {
    const reports = await Promise.all(this.processes.map((process) => process.give('judge', order)));
    const total = (key: Exclude<keyof CrowdReport, 'faults'>) => reports.reduce((sum, report) => sum + report[key], 0);
    return {
      exact: total('exact'),
      due: total('due'),
      delivered: total('delivered'),
      reconnects: total('reconnects'),
      faults: reports.flatMap(({ faults }) => faults),
    };
  }

  async stop(): Promise<void> {
    await Promise.all(this.processes.map((process) => process.stop()));
  }
}
