import type { Fault } from '@groundswell/relations';

const TIMEOUTS = new Set(['UND_ERR_CONNECT_TIMEOUT', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT']);
const TOO_LARGE = new Set(['UND_ERR_RES_EXCEEDED_MAX_SIZE', 'UND_ERR_HEADERS_OVERFLOW']);

/** The fault of a request that has no whole answer. */
export function exchangeFault(error: unknown, { isAborted, isLate }: { isAborted: boolean; isLate: boolean }): Fault {
  if (isAborted) return { kind: 'soft', reason: 'aborted' };
  const code = String((error as { code?: unknown } | null)?.code);
  if (isLate || TIMEOUTS.has(code)) return { kind: 'soft', reason: 'timeout' };
  if (TOO_LARGE.has(code)) return { kind: 'hard', reason: 'too_large' };
  // What undici's parser cannot read is not HTTP.
  if (code.startsWith('HPE_')) return { kind: 'hard', reason: 'shape' };
  return { kind: 'soft', reason: 'unreachable' };
}
