import type { Clock } from '@groundswell/runtime';
import { HELLO_TIMEOUT_MS } from '@groundswell/protocol';
import type { Connection } from '../hub/connection.js';

/** Closes sockets that do not say hello in time (W1). One timer for all: who came first is due first. */
export class HelloDeadline {
  /** Until when, in the order in which they came. */
  private readonly waiting = new Map<Connection, number>();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly clock: Clock) {}

  watch(connection: Connection): void {
    this.waiting.set(connection, this.clock.monotonic() + HELLO_TIMEOUT_MS);
    this.arm();
  }

  /** It has said hello, or is gone. */
  forget(connection: Connection): void {
    this.waiting.delete(connection);
  }

  private arm(): void {
    const [first] = this.waiting.values();
    if (this.timer || first === undefined) return;
    this.timer = setTimeout(() => this.expire(), Math.max(0, first - this.clock.monotonic())).unref();
  }

  private expire(): void {
    this.timer = undefined;
    const now = this.clock.monotonic();
    for (const [connection, until] of this.waiting) {
      if (until > now) break;
      this.waiting.delete(connection);
      connection.close('helloTimeout');
    }
    this.arm();
  }
}
