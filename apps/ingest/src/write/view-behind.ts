import { ProblemError } from '@groundswell/runtime';

/** A view cannot answer now: it is being rebuilt, or out of reach. Never answered with a part of it. */
export function viewBehind(cause?: unknown): ProblemError {
  return new ProblemError('view_behind', 'What was written is still being read: ask again.', {
    headers: { 'Retry-After': '1' },
    cause,
  });
}
