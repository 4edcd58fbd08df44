import type { TokenClaims } from '@groundswell/contracts';
import { ProblemError } from '@groundswell/runtime';
import type { RateLimiter } from '@groundswell/store';

/** What one member may do in a time. The role `load` lifts it. */
export class MemberLimit {
  constructor(private readonly takeOne: RateLimiter) {}

  /** Throws `too_many_requests`. */
  async spend({ sub, roles }: TokenClaims): Promise<void> {
    if (roles.includes('load')) return;
    const verdict = await this.takeOne(sub);
    if (verdict.allowed) return;
    const seconds = Math.max(1, Math.ceil(verdict.retryAfterMs / 1000));
    throw new ProblemError('too_many_requests', `Wait ${seconds} s.`, { headers: { 'Retry-After': String(seconds) } });
  }
}
