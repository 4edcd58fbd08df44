import { openBucket, type Bucket, type Bus } from '@groundswell/bus';
import { LEASES_BUCKET } from '@groundswell/contracts';

const TAKEOVER_MS = 5_000;

/** Who writes the ticks of an event. */
export class TickerLease {
  private readonly bucket: Bucket;

  constructor(
    bus: Bus,
    private readonly event: string,
  ) {
    this.bucket = openBucket(bus, LEASES_BUCKET);
  }

  async holder(): Promise<string> {
    const entry = await this.bucket.get(`tick.${this.event}`);
    if (!entry) throw new Error('nobody holds the lease of the ticker');
    return (JSON.parse(new TextDecoder().decode(entry.value)) as { holder: string }).holder;
  }

  /** The next holder after one that is gone. */
  async takenOverFrom(before: string): Promise<string> {
    const end = performance.now() + TAKEOVER_MS;
    while (performance.now() < end) {
      const holder = await this.holder().catch(() => before);
      if (holder !== before) return holder;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`nobody took the lease over from ${before} within ${TAKEOVER_MS} ms`);
  }
}
