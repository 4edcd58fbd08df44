import type { Fault } from '@groundswell/relations';
import type { IncomingHttpHeaders } from 'node:http';
import { retryAfterMs } from './told-times.js';

const LATER = new Set([408, 425, 429]);

/** The fault of an answer by its status; undefined: 200. */
export function statusFault(
  { status, headers }: { status: number; headers: IncomingHttpHeaders },
  { hasToken, now }: { hasToken: boolean; now: number },
): Fault | undefined {
  if (status === 200) return undefined;
  if (status >= 300 && status < 400) return { kind: 'hard', reason: 'redirected' };
  if (LATER.has(status) || status >= 500) {
    const after = retryAfterMs(headers, now);
    const reason = status === 429 ? 'rate_limited' : 'unavailable';
    return { kind: 'soft', reason, ...(after === undefined ? {} : { retryAfterMs: after }) };
  }
  // Who asks without a token cannot mend it by a new one.
  if ((status === 401 || status === 403) && hasToken) return { kind: 'auth', reason: 'refused' };
  return { kind: 'hard', reason: 'rejected' };
}
