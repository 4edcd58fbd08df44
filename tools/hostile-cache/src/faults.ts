import type { Answer } from './answer.js';
import { cacheableMs } from './answer.js';
import type { Fault } from './fault.js';

/** Keeps everything that may be kept for this long at least: an operator's "minimum TTL". */
export function minTtl(ms: number): Fault {
  return { keepMs: (answer) => atLeast(ms, answer) };
}

/** Revalidates, and takes every reply for "not modified": what it once had is renewed for ever. */
export function renewsForEver(): Fault {
  return { expired: 'renew' };
}

/** Gives out what has expired, or was purged, once more while it fetches the new. */
export function servesStaleWhileRevalidating(ms: number): Fault {
  return { keepMs: (answer) => atLeast(ms, answer), expired: 'serveStale' };
}

/** Throws the query away, and keeps what is left for this long. */
export function dropsQuery(ms: number): Fault {
  return { address: (path) => path.replace(/\?.*$/, ''), keepMs: (answer) => atLeast(ms, answer) };
}

/** Gives out an old answer in the place of every one whose address fits. */
export function repeats(old: Answer, fits: (path: string) => boolean): Fault {
  return { twist: (answer, path) => (fits(path) ? old : answer) };
}

/** Answers addresses that fit with an error of its own, whatever the origin says. */
export function refuses(status: number, fits: (path: string) => boolean): Fault {
  const refusal = { status, headers: { 'cache-control': 'public, max-age=60' }, body: 'Bad gateway' };
  return { twist: (answer, path) => (fits(path) ? refusal : answer) };
}

/** Exchanges the bodies of neighbouring segments: 1 and 2, 3 and 4, … */
export function swapsSegments(): Fault {
  return {
    address: (path) =>
      path.replace(
        /(\/segments\/)(\d+)$/,
        (_, before: string, n: string) => before + String(((Number(n) - 1) ^ 1) + 1),
      ),
  };
}

/** Answers every segment with the body of the one before: each body is seen twice. */
export function doublesSegments(): Fault {
  return {
    address: (path) =>
      path.replace(
        /(\/segments\/)(\d+)$/,
        (_, before: string, n: string) => before + String(Math.max(1, Number(n) - 1)),
      ),
  };
}

/** Turns round the order of the segments in roll-ups and heads, or repeats the last of them. */
export function jumbles(how: 'reversed' | 'repeated'): Fault {
  const jumble = (list: unknown[]): unknown[] =>
    how === 'reversed' ? list.toReversed() : [...list, ...list.slice(-1)];
  return {
    twist: (answer) => {
      if (answer.status !== 200) return answer;
      const page = JSON.parse(answer.body) as { inline?: unknown[]; segments?: unknown[] };
      if (page.inline) page.inline = jumble(page.inline);
      if (page.segments) page.segments = jumble(page.segments);
      return { ...answer, body: JSON.stringify(page) };
    },
  };
}

/** Several faults in one cache: of each kind, the last one given counts. */
export function together(...faults: readonly Fault[]): Fault {
  return Object.assign({}, ...faults) as Fault;
}

function atLeast(ms: number, answer: Answer): number {
  const honest = cacheableMs(answer);
  return honest > 0 ? Math.max(ms, honest) : 0;
}
