import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import { inner, type Store } from './store.js';

export interface RateLimiterOptions {
  /** Tells limiters apart that share a Redis. */
  keyPrefix: string;
  /** How many in `durationS` seconds. */
  points: number;
  durationS: number;
}

export type Taken = { allowed: true; remaining: number } | { allowed: false; retryAfterMs: number };

/** Takes one from the allowance of a key, e.g. a member. */
export type RateLimiter = (key: string) => Promise<Taken>;

/**
 * Limits by fixed windows, counted in Redis over all processes. While Redis is out each process counts for itself, so
 * that a limit never turns into a refusal of service.
 */
export function rateLimiter(store: Store, { keyPrefix, points, durationS }: RateLimiterOptions): RateLimiter {
  const limits = { keyPrefix: `limit:${keyPrefix}`, points, duration: durationS };
  const limiter = new RateLimiterRedis({
    ...limits,
    storeClient: inner(store).client,
    useRedisPackage: true,
    // Who was refused once is refused in this process until the window ends: a flood costs Redis nothing.
    inMemoryBlockOnConsumed: points + 1,
    insuranceLimiter: new RateLimiterMemory(limits),
  });
  return async (key) => {
    try {
      const { remainingPoints } = await limiter.consume(key);
      return { allowed: true, remaining: remainingPoints };
    } catch (refused) {
      if (refused instanceof RateLimiterRes) return { allowed: false, retryAfterMs: refused.msBeforeNext };
      throw refused;
    }
  };
}
