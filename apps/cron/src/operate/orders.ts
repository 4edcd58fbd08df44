import type { Bucket, Watching } from '@groundswell/bus';
import type { Log } from '@groundswell/runtime';

/** Who ordered something, why, and when (Unix milliseconds). */
export interface Order {
  who: string;
  why: string;
  at: number;
}

export type Place = { order: 'pause'; provider: string } | { order: 'freeze'; provider: string; subject: string };

export type StandingOrder = Place & Order;

export interface OrdersOptions {
  bucket: Bucket;
  log: Log;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/**
 * What operators have ordered: providers that are not asked, and subjects about whom nobody is told. Every process watches the
 * bucket, so that asking costs nothing; orders outlive the views.
 */
export class Orders {
  private readonly standing = new Map<string, StandingOrder>();
  private watching: Watching | undefined;

  constructor(private readonly o: OrdersOptions) {}

  /** Resolves once all orders are known. */
  async start(): Promise<void> {
    const { bucket, log } = this.o;
    let known: () => void = () => undefined;
    const all = new Promise<void>((resolve) => (known = resolve));
    this.watching = await bucket.watch({
      onReady: () => known(),
      onEntry: ({ key, value, deleted }) => {
        const order = deleted ? undefined : readOrder(key, value);
        if (order) this.standing.set(key, order);
        else this.standing.delete(key);
        if (!order && !deleted) log.error({ key }, 'an order makes no sense: give it again, or take it back');
      },
    });
    await all;
  }

  async stop(): Promise<void> {
    await this.watching?.stop();
  }

  get all(): StandingOrder[] {
    return [...this.standing.values()];
  }

  isPaused(provider: string): boolean {
    return this.standing.has(keyOf({ order: 'pause', provider }));
  }

  /** Whether nobody is told about a subject. */
  isFrozen(provider: string, subject: string): boolean {
    return this.standing.size > 0 && this.standing.has(keyOf({ order: 'freeze', provider, subject }));
  }

  /** Rejects with the errors of a bucket. In force in all processes within a moment. */
  async give(place: Place, order: Order): Promise<void> {
    await this.o.bucket.put(keyOf(place), encoder.encode(JSON.stringify(order)));
  }

  /** Taking back what was never ordered is no error. */
  async takeBack(place: Place): Promise<void> {
    await this.o.bucket.delete(keyOf(place));
  }
}

/** Keys are letters, digits and few signs: what others named is written in base64url. */
function keyOf(place: Place): string {
  const parts = place.order === 'pause' ? [place.provider] : [place.provider, place.subject];
  return [place.order, ...parts.map((part) => Buffer.from(part).toString('base64url'))].join('.');
}

function readOrder(key: string, value: Uint8Array): StandingOrder | undefined {
  const [order, ...parts] = key.split('.');
  const [provider, subject] = parts.map((part) => Buffer.from(part, 'base64url').toString());
  const told = parse(value);
  if (!told || provider === undefined) return undefined;
  if (order === 'pause' && parts.length === 1) return { order, provider, ...told };
  if (order === 'freeze' && subject !== undefined && parts.length === 2) return { order, provider, subject, ...told };
  return undefined;
}

function parse(value: Uint8Array): Order | undefined {
  try {
    const { who, why, at } = JSON.parse(decoder.decode(value)) as Partial<Order>;
    const isWhole = typeof who === 'string' && typeof why === 'string' && Number.isSafeInteger(at);
    return isWhole ? { who, why, at: at! } : undefined;
  } catch {
    return undefined;
  }
}
