import { connectBus } from '@groundswell/bus';
import type { Disturbance } from './disturbance.js';
import { TickerLease } from './ticker-lease.js';

/** Longer than the lease lasts: whoever wakes up believes for a moment that it still holds it. */
const STILL_MS = 3_000;

/**
 * The node that writes the ticks stands still with all its connections open, another takes over, and the first goes on:
 * what it writes then must be fenced off.
 */
export function pauseTicker(): Disturbance {
  const holders: string[] = [];
  return {
    at: [0.3, 0.6],
    async run({ stack, event, say }) {
      const bus = await connectBus({ servers: stack.addresses.nats, name: 'replay-lease' });
      try {
        const lease = new TickerLease(bus, event);
        const before = await lease.holder();
        await stack.act(before, 'pause');
        say(`${before}, which wrote the ticks, stands still`);
        try {
          const after = await lease.takenOverFrom(before);
          holders.push(`${before} → ${after}`);
          say(`${after} writes them now`);
          await new Promise((resolve) => setTimeout(resolve, STILL_MS));
        } finally {
          await stack.act(before, 'resume');
        }
        say(`${before} goes on`);
      } finally {
        await bus.close();
      }
    },
    check: () => (holders.length === 2 ? [] : [`the lease went ${holders.join(', ') || 'nowhere'}`]),
  };
}
