import { connectBus, openBucket, type Bucket } from '@groundswell/bus';
import { LEASES_BUCKET } from '@groundswell/contracts';
import type { Disturbance } from './disturbance.js';

const TAKEOVER_MS = 5_000;
const AWAY_MS = 1_500;

/** The node that writes the ticks is killed; another must take over, which is checked. */
export function killTicker(): Disturbance {
  const holders: string[] = [];
  return {
    at: [0.45],
    async run({ stack, event, say }) {
      const bus = await connectBus({ servers: stack.addresses.nats, name: 'replay-lease' });
      try {
        const bucket = openBucket(bus, LEASES_BUCKET);
        const before = await holderOf(bucket, event);
        holders.push(before);
        await stack.act(before, 'kill');
        say(`${before}, which wrote the ticks, was killed`);
        const after = await takeover(bucket, event, before);
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

async function holderOf(bucket: Bucket, event: string): Promise<string> {
  const entry = await bucket.get(`tick.${event}`);
  if (!entry) throw new Error('nobody holds the lease of the ticker');
  return (JSON.parse(new TextDecoder().decode(entry.value)) as { holder: string }).holder;
}

async function takeover(bucket: Bucket, event: string, before: string): Promise<string> {
  const end = performance.now() + TAKEOVER_MS;
  while (performance.now() < end) {
    const holder = await holderOf(bucket, event).catch(() => before);
    if (holder !== before) return holder;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`nobody took the lease over from ${before} within ${TAKEOVER_MS} ms`);
}
