export interface EventuallyOptions {
  /** Default 5,000. */
  timeoutMs?: number;
  /** What was waited for; ends the error's message. */
  message?: string;
  /** Milliseconds between two tries; default 10. */
  everyMs?: number;
}

/**
 * Tries `condition` until it gives something truthy, and returns that. A condition that throws counts as not yet.
 * Throws after the deadline, with the last error as its cause.
 */
export async function eventually<T>(
  condition: () => T | Promise<T>,
  { timeoutMs = 5_000, message = 'the condition held', everyMs = 10 }: EventuallyOptions = {},
): Promise<NonNullable<T>> {
  const deadline = performance.now() + timeoutMs;
  let cause: unknown;
  for (;;) {
    try {
      const value = await condition();
      if (value) return value;
      cause = undefined;
    } catch (error) {
      cause = error;
    }
    if (performance.now() > deadline) throw new Error(`not within ${timeoutMs} ms: ${message}`, { cause });
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}
