import type { TokenClaims } from '@groundswell/contracts';
import { ProblemError } from '@groundswell/runtime';
import type { RateLimiter } from '@groundswell/store';

/** What one member may do in a time. The role `load` lifts it. */
export class MemberLimit {
  constructor(private readonly take: RateLimiter) {}

  /** Throws `too_many_requests`; of several either all are spent or none. */
  async spend({ sub, roles }: TokenClaims, points = 1): Promise<void> {
    if (roles.includes('load')) return;
    const verdict = await this.take(sub, points);
    if (verdict.allowed) return;
    const seconds = Math.max(1, Math.ceil(verdict.retryAfterMs / 1000));
    const fewer = verdict.remaining > 0 ? `Now there is room for ${verdict.remaining}; for more ` : '';
    throw new ProblemError('too_many_requests', `${fewer}wait ${seconds} s.`.replace(/^w/, 'W'), {
      headers: { 'Retry-After': String(seconds) },
    });
  }
}
