import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { AnswerMessage, OrderMessage, OrderName, Orders } from './orders.js';

/** From `src` as well as from `dist`: processes are run from what is built. */
const MAIN = fileURLToPath(new URL('../../dist/crowd/main.js', import.meta.url));

/** A process full of clients, seen from the run. */
export class CrowdProcess {
  private readonly waiting = new Map<number, { resolve: (answer: never) => void; reject: (error: Error) => void }>();
  private number = 0;
  private ended = false;

  private constructor(private readonly child: ChildProcess) {
    child.on('message', (message: AnswerMessage) => this.take(message));
    child.once('exit', (code, signal) => {
      this.ended = true;
      const error = new Error(`a process of clients ended early (${signal ?? `exit code ${code}`})`);
      for (const { reject } of this.waiting.values()) reject(error);
      this.waiting.clear();
    });
  }

  static start(): CrowdProcess {
    if (!existsSync(MAIN)) throw new Error(`${MAIN} is missing: run "npm run build" first`);
    return new CrowdProcess(fork(MAIN, { execArgv: [], serialization: 'advanced' }));
  }

  /** Gives an order and waits for its answer; rejects when it fails or the process ends. */
  give<N extends OrderName>(name: N, order: Orders[N]['order']): Promise<Orders[N]['answer']> {
    if (this.ended) return Promise.reject(new Error('a process of clients has ended'));
    const number = ++this.number;
    return new Promise((resolve, reject) => {
      this.waiting.set(number, { resolve, reject });
      this.child.send({ number, name, order } satisfies OrderMessage);
    });
  }

  async stop(): Promise<void> {
    if (this.ended) return;
    this.child.kill('SIGKILL');
    await once(this.child, 'exit');
  }

  private take(message: AnswerMessage): void {
    const call = this.waiting.get(message.number);
    this.waiting.delete(message.number);
    if ('error' in message) call?.reject(new Error(message.error));
    else call?.resolve(message.answer as never);
  }
}
