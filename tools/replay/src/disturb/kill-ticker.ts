import { connectBus } from '@groundswell/bus';
import type { Disturbance } from './disturbance.js';
import { TickerLease } from './ticker-lease.js';

const AWAY_MS = 1_500;

/** The node that writes the ticks is killed; another must take over, which is checked. */
export function killTicker(): Disturbance {
  const holders: string[] = [];
  return {
    at: [0.45],
    async run({ stack, event, say }) {
      const bus = await connectBus({ servers: stack.addresses.nats, name: 'replay-lease' });
      try {
        const lease = new TickerLease(bus, event);
        const before = await lease.holder();
        holders.push(before);
        await stack.act(before, 'kill');
        say(`${before}, which wrote the ticks, was killed`);
        const after = await lease.takenOverFrom(before);
        holders.push(after);
        say(`${after} writes them now`);
        await new Promise((resolve) => setTimeout(resolve, AWAY_MS));
        await stack.act(before, 'restart');
      } finally {
        await bus.close();
      }
    },
    check: () => (holders.length === 2 && holders[0] !== holders[1] ? [] : [`the lease went ${holders.join(' → ')}`]),
  };
}
