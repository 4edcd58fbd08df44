import { CommandRefused, CommandUnavailable } from '@groundswell/client';

/** What went wrong, for a person. */
export function messageOf(error: unknown): string {
  if (error instanceof CommandRefused) return error.problem.detail;
  if (error instanceof CommandUnavailable) return 'The server could not be reached. It is safe to try again.';
  return 'Something unexpected came back from the server. Try again.';
}
