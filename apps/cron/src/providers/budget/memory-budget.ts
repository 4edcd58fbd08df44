import type { Clock } from '@groundswell/runtime';
import { LRUCache } from 'lru-cache';
import { OTHERWISE, type Allowance, type Budget, type Scope, type Usage } from './budget.js';

interface Bucket {
  allowance: Allowance;
  /** Milliseconds of the window that are not used; a request costs its share of it. */
  credit: number;
  filledAt: number;
  pausedUntil: number;
}

export interface MemoryBudgetSettings {
  clock: Clock;
  /** Of a scope of each provider, until its answers say otherwise. */
  allowances: Readonly<Record<string, Allowance>>;
  /** Of a provider that is not named there. */
  otherwise?: Allowance;
  /** Scopes kept; the one that was asked least recently is forgotten, and begins anew. Default 100,000. */
  scopesMax?: number;
}

/** Token buckets of one process: full at first, filled again evenly. */
export class MemoryBudget implements Budget {
  readonly #buckets: LRUCache<string, Bucket>;

  constructor(private readonly settings: MemoryBudgetSettings) {
    this.#buckets = new LRUCache({ max: settings.scopesMax ?? 100_000 });
  }

  take(scope: Scope): Promise<number> {
    const now = this.settings.clock.now();
    const bucket = this.#filled(scope, now);
    const wait = waitOf(bucket, now);
    if (wait === 0) bucket.credit -= costOf(bucket.allowance);
    return Promise.resolve(wait);
  }

  wait(scope: Scope): Promise<number> {
    const now = this.settings.clock.now();
    return Promise.resolve(waitOf(this.#filled(scope, now), now));
  }

  learn(scope: Scope, usage: Usage): Promise<void> {
    const bucket = this.#filled(scope, this.settings.clock.now());
    switch (usage.kind) {
      case 'pause':
        bucket.pausedUntil = Math.max(bucket.pausedUntil, usage.until);
        break;
      case 'window':
        bucket.allowance = { ...bucket.allowance, requests: usage.limit };
        bucket.credit = Math.min(bucket.credit, usage.remaining * costOf(bucket.allowance));
        if (usage.remaining === 0) bucket.pausedUntil = Math.max(bucket.pausedUntil, usage.resetAt);
        break;
    }
    return Promise.resolve();
  }

  #filled({ provider, account }: Scope, now: number): Bucket {
    const key = JSON.stringify([provider, account]);
    let bucket = this.#buckets.get(key);
    if (!bucket) {
      const { allowances, otherwise = OTHERWISE } = this.settings;
      const allowance = allowances[provider] ?? otherwise;
      bucket = { allowance, credit: allowance.windowMs, filledAt: now, pausedUntil: -Infinity };
      this.#buckets.set(key, bucket);
      return bucket;
    }
    const earned = Math.max(0, now - bucket.filledAt);
    bucket.credit = Math.min(bucket.allowance.windowMs, bucket.credit + earned);
    bucket.filledAt = Math.max(bucket.filledAt, now);
    return bucket;
  }
}

function waitOf({ allowance, credit, pausedUntil }: Bucket, now: number): number {
  if (now < pausedUntil) return pausedUntil - now;
  const cost = costOf(allowance);
  return credit < cost ? Math.ceil(cost - credit) : 0;
}

function costOf({ requests, windowMs }: Allowance): number {
  return windowMs / requests;
}
