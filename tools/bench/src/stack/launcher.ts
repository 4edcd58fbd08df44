import { appCommand, startProcess, type AppCommand, type RunningProcess } from '@groundswell/launch';
import { fileURLToPath } from 'node:url';
import { onCore, type Cores } from '../machine/cores.js';
import type { Listening } from '../peers/listening.js';

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));
const OWN = fileURLToPath(new URL('../', import.meta.url));

export interface Started extends Listening {
  pid: number;
  stop(): Promise<unknown>;
}

export interface OwnOptions {
  /** Which of the two cores it runs on. */
  core: keyof Cores;
  env?: Record<string, string>;
}

/** Starts the processes of a run, and ends all that are left. */
export class Launcher {
  private readonly running = new Set<RunningProcess>();
  private readonly given = new AbortController();

  constructor(
    private readonly cores: Cores | undefined,
    private readonly say: (line: string) => void,
  ) {}

  /** Gives up whatever is being started. */
  get signal(): AbortSignal {
    return this.given.signal;
  }

  /** A program of this benchmark, that says where it listens. */
  own(name: string, script: string, options: OwnOptions): Promise<Started> {
    return this.node(name, { command: process.execPath, args: [`${OWN}${script}`] }, options);
  }

  /** An application of the product, on the core of the server. */
  async app(name: 'ingest' | 'fanout' | 'cron', env: Record<string, string>): Promise<Started> {
    return this.node(name, await appCommand(ROOT, name), { core: 'server', env });
  }

  /** Any other program on the core of the server. */
  async program(
    name: string,
    command: string,
    { args, ready }: { args: readonly string[]; ready: () => Promise<boolean> },
  ): Promise<RunningProcess> {
    const { signal } = this;
    const onLine = (line: string): void => this.say(`${name}: ${line}`);
    return this.keep(await startProcess({ ...onCore(this.cores?.server, command, args), ready, signal, onLine }));
  }

  /** Takes care of a server that was started elsewhere. */
  keep<T extends RunningProcess>(running: T): T {
    this.running.add(running);
    void running.exited.then(() => this.running.delete(running));
    return running;
  }

  /** Applications first, then what they need: the last started is the first to end. */
  async stopAll(): Promise<void> {
    this.given.abort(new Error('the run was given up'));
    for (const process of [...this.running].toReversed()) await process.stop();
  }

  private async node(name: string, run: AppCommand, { core, env = {} }: OwnOptions): Promise<Started> {
    let where: Listening | undefined;
    const started = this.keep(
      await startProcess({
        ...onCore(this.cores?.[core], run.command, run.args),
        env: { ...process.env, NODE_ENV: 'production', ...env },
        ready: /"msg":"listening"/,
        signal: this.signal,
        onLine: (line) => {
          if (line.includes('"msg":"listening"')) where ??= JSON.parse(line) as Listening;
          else if (isTrouble(line)) this.say(`${name}: ${line}`);
        },
      }),
    );
    return { pid: started.pid, ...where!, stop: () => started.stop() };
  }
}

/** What Node says of a process that is looked into. */
const INSPECTOR = /^(Debugger (listening|attached|ending)|For help, see: .*\/inspector$)/;

/** Lines that are not the log of an application, or that are warnings and worse. */
function isTrouble(line: string): boolean {
  if (INSPECTOR.test(line)) return false;
  return !line.startsWith('{') || /"level":"?(4\d|5\d|6\d|warn|error|fatal)/.test(line);
}
