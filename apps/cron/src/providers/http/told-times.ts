import type { IncomingHttpHeaders } from 'node:http';

/** Nobody is believed who wants us to wait longer at once, or not at all after a refusal. */
export const WAIT_MAX_MS = 3_600_000;
export const RETRY_MIN_MS = 1_000;

/**
 * Times that a server tells are by its own clock, and so is the `Date` of the same answer: what lies between them is right
 * even where that clock is not.
 */
function serverNow(headers: IncomingHttpHeaders, now: number): number {
  const date = Date.parse(headers.date ?? '');
  return Number.isNaN(date) ? now : date;
}

/** How long `Retry-After` wants us to wait, seconds or a date; undefined: it says nothing that can be read. */
export function retryAfterMs(headers: IncomingHttpHeaders, now: number): number | undefined {
  const text = headers['retry-after'];
  if (text === undefined) return undefined;
  if (/^\d+$/.test(text)) return retry(Number(text) * 1000);
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : retry(date - serverNow(headers, now));
}

/** When a window ends that a header names as seconds since 1970 or as a date, by our clock. */
export function resetAt(
  text: string,
  { headers, now }: { headers: IncomingHttpHeaders; now: number },
): number | undefined {
  const at = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text);
  return Number.isNaN(at) ? undefined : now + bounded(at - serverNow(headers, now));
}

function bounded(ms: number): number {
  return Math.min(Math.max(ms, 0), WAIT_MAX_MS);
}

function retry(ms: number): number {
  return Math.max(bounded(ms), RETRY_MIN_MS);
}
