import type { IncomingHttpHeaders } from 'node:http';
import type { Usage } from '../budget/budget.js';
import { resetAt } from './told-times.js';

/** What three headers with this beginning say of the budget: `…limit`, `…remaining`, `…reset`; undefined: not all there. */
export function rateHeaders(prefix: string, headers: IncomingHttpHeaders, now: number): Usage | undefined {
  const [limit, remaining] = ['limit', 'remaining'].map((name) => whole(headers[`${prefix}${name}`]));
  const reset = headers[`${prefix}reset`];
  if (limit === undefined || remaining === undefined || typeof reset !== 'string') return undefined;
  const at = resetAt(reset, { headers, now });
  return at === undefined || limit === 0 ? undefined : { kind: 'window', limit, remaining, resetAt: at };
}

function whole(text: string | string[] | undefined): number | undefined {
  return typeof text === 'string' && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}
