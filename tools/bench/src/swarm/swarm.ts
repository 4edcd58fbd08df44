import { order } from '../orders/order.js';
import type { Launcher, Started } from '../stack/launcher.js';
import type { BeginOrder, OpenOrder, OpenReport, StallOrder, SwarmReport } from './messages.js';

const POLL_MS = 40;

export type Target = Omit<OpenOrder, 'sockets' | 'tokens' | 'host' | 'compress'> & {
  tokens?: string[];
  /** Default true, as browsers do. */
  compress?: boolean;
};

/** The process of the viewers, seen from the benchmark. */
export class Swarm {
  private target: Target | undefined;

  private constructor(private readonly started: Started) {}

  static async start(launcher: Launcher): Promise<Swarm> {
    return new Swarm(await launcher.own('swarm', 'swarm/main.js', { core: 'load' }));
  }

  /** Goes to another server, without any socket at first. */
  async aim(target: Target): Promise<void> {
    if (this.target) await this.resize(0);
    this.target = target;
  }

  async resize(sockets: number): Promise<OpenReport> {
    const { tokens = [], compress = true, ...target } = this.target!;
    return this.order<OpenReport>('/open', {
      ...target,
      compress,
      host: '127.0.0.1',
      sockets,
      tokens: tokens.slice(0, sockets),
    } satisfies OpenOrder);
  }

  async begin(beginning: BeginOrder): Promise<void> {
    await this.order('/begin', beginning);
  }

  async stall(stalling: StallOrder): Promise<{ stalled: number }> {
    return this.order('/stall', stalling);
  }

  report(): Promise<SwarmReport> {
    return this.order<SwarmReport>('/report');
  }

  /** Waits until every reader has everything, at most for a time; the last report either way. */
  async settled(everything: (report: SwarmReport) => boolean, timeoutMs: number): Promise<SwarmReport> {
    const deadline = performance.now() + timeoutMs;
    for (;;) {
      const report = await this.report();
      if (everything(report) || performance.now() > deadline) return report;
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  }

  private order<T>(path: string, body?: object): Promise<T> {
    return order<T>(this.started.port, path, body);
  }
}
