import { everySecond } from '../every-second.js';

export interface DueCallOptions {
  /** Tells whoever writes the ticks which position of SOCIAL is waited for. May be lost on its way. */
  call: (position: number) => void;
  /** Position of SOCIAL in force. */
  inForce: () => number;
}

/**
 * Calls for a tick that brings a graph change into force. Calls are not stored: one that falls into a broken connection
 * is lost, so they are repeated once a second until the change is in force.
 */
export class DueCall {
  private wanted = 0;
  private end: () => void = () => undefined;

  constructor(private readonly options: DueCallOptions) {}

  start(): void {
    this.end = everySecond(() => this.again());
  }

  stop(): void {
    this.end();
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
