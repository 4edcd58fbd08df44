/** A call for a tick is repeated this often until a tick has answered it. */
const AGAIN_MS = 1_000;

export interface DueCallOptions {
  /** Tells whoever writes the ticks which position of SOCIAL is waited for. May be lost on its way. */
  call: (position: number) => void;
  /** Position of SOCIAL in force. */
  inForce: () => number;
}

/**
 * Calls for a tick that brings a graph change into force. Calls are not stored: one that falls into a broken connection
 * is lost, so they are repeated until the change is in force.
 */
export class DueCall {
  private wanted = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly options: DueCallOptions) {}

  start(): void {
    this.timer = setInterval(() => this.again(), AGAIN_MS);
  }

  stop(): void {
    clearInterval(this.timer);
  }

  /** A change at this position waits. */
  wants(position: number): void {
    this.wanted = Math.max(this.wanted, position);
    this.options.call(this.wanted);
  }

  /** Calls once more if nothing has come of it. */
  again(): void {
    if (this.wanted > this.options.inForce()) this.options.call(this.wanted);
  }
}
