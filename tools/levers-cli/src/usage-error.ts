/** The command line is not right, or cannot be carried out here; the message says what to do. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
