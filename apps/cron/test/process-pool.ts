import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startCronProcess, type CronProcess } from './cron-process.js';

const MAIN = fileURLToPath(new URL('./crash-main.mjs', import.meta.url));

/** A process that takes orders: see `crash-main.mjs`. */
export interface OrderedProcess extends CronProcess {
  /** It goes on where `HOLD_AT` holds it. */
  release(): void;
}

interface Waiting {
  process: CronProcess;
  orders: string;
}

/** Processes that have been started before they are needed: to start one takes longer than most of what it then does. */
export class ProcessPool {
  private readonly waiting: Promise<Waiting>[] = [];
  private readonly working: Waiting[] = [];
  private started = 0;

  /** `dir` is for their orders. */
  constructor(
    private readonly dir: string,
    private readonly env: NodeJS.ProcessEnv,
    spare: number,
  ) {
    for (let i = 0; i < spare; i++) this.waiting.push(this.prepare());
  }

  /** Lets one begin; resolves when it works, or has died of its orders. */
  async start(env: NodeJS.ProcessEnv): Promise<OrderedProcess> {
    const next = this.waiting.shift() ?? this.prepare();
    // In place of the one that dies.
    if (env['CRASH_AT'] !== undefined) this.waiting.push(this.prepare());
    const { process: one, orders } = await next;
    this.working.push({ process: one, orders });
    await writeFile(orders, JSON.stringify(env));
    const release = (): void => void process.kill(one.pid, 'SIGUSR2');
    release();
    await one.says(/^working/);
    return Object.assign(one, { release });
  }

  /** Those that still live stop what they do, and wait for other orders. */
  async recall(): Promise<void> {
    await Promise.all(
      this.working.splice(0).map(async (one) => {
        if (one.process.ended) return;
        process.kill(one.process.pid, 'SIGUSR2');
        if (await one.process.says(/^waiting/)) this.waiting.unshift(Promise.resolve(one));
      }),
    );
  }

  async stop(): Promise<void> {
    const all = await Promise.all(this.waiting);
    await Promise.all([...all, ...this.working].map(({ process: one }) => one.kill()));
  }

  private async prepare(): Promise<Waiting> {
    const name = `cron-${++this.started}`;
    const orders = join(this.dir, `${name}.json`);
    const one = await startCronProcess(MAIN, { ...this.env, NODE_ID: name, ORDERS: orders });
    await one.says(/^waiting/);
    return { process: one, orders };
  }
}
