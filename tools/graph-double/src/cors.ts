/** What lets scripts of any origin read answers, tokens in a header included, and cookies not. */
import type { Answer } from './answer.js';

const DAY_S = 86_400;

/** The answer to the question whether a request may be sent. `wanted`: `Access-Control-Request-Headers`. */
export function preflight(wanted: string | undefined): Answer {
  return {
    status: 204,
    headers: {
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'GET, HEAD, OPTIONS',
      'access-control-allow-headers': wanted ?? 'Authorization',
      'access-control-max-age': String(DAY_S),
    },
    body: undefined,
  };
}

/** Headers of each answer; `exposed` are those that scripts may read. */
export function corsHeaders(exposed: readonly string[]): Record<string, string> {
  return { 'access-control-allow-origin': '*', 'access-control-expose-headers': exposed.join(', ') };
}
