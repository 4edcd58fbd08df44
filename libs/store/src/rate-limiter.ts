import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import { inner, type Store } from './store.js';

export interface RateLimiterOptions {
  /** Tells limiters apart that share a Redis. */
  keyPrefix: string;
  /** How many in `durationS` seconds. */
  points: number;
  durationS: number;
}

export type Taken = { allowed: true; remaining: number } | { allowed: false; remaining: number; retryAfterMs: number };

/** Takes one from the allowance of a key, e.g. a member; or several, all or none. */
export type RateLimiter = (key: string, points?: number) => Promise<Taken>;

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
  /** What is left, when that is not enough: taking it would leave nothing for a smaller wish. */
  const tooFew = async (key: string, wanted: number): Promise<Taken | undefined> => {
    const held = await limiter.get(key);
    const remaining = Math.max(0, points - (held?.consumedPoints ?? 0));
    if (remaining >= wanted) return undefined;
    return { allowed: false, remaining, retryAfterMs: held?.msBeforeNext ?? durationS * 1_000 };
  };
  return async (key, wanted = 1) => {
    const missing = wanted > 1 ? await tooFew(key, wanted) : undefined;
    if (missing) return missing;
    try {
      const { remainingPoints } = await limiter.consume(key, wanted);
      return { allowed: true, remaining: remainingPoints };
    } catch (refused) {
      if (refused instanceof RateLimiterRes)
        return { allowed: false, remaining: 0, retryAfterMs: refused.msBeforeNext };
      throw refused;
    }
  };
}
