/** Everything that the store throws, in one table: `name`, `code`, `cause`, and what an operator or a caller does. */

/** Code and remedy by name; README repeats the table. */
export const STORE_ERRORS = {
  StoreUnreachable: { code: 'store_unreachable', remedy: 'Start Redis, or correct its address.' },
  StoreUnavailable: {
    code: 'store_unavailable',
    remedy: 'Not known to be done. Wait until Redis is back, then retry.',
  },
  StoreRefused: { code: 'store_refused', remedy: 'Redis runs but does not take the command: read its answer.' },
} as const;

export type StoreErrorName = keyof typeof STORE_ERRORS;

abstract class StoreError extends Error {
  abstract override readonly name: StoreErrorName;

  get code(): string {
    return STORE_ERRORS[this.name].code;
  }

  get remedy(): string {
    return STORE_ERRORS[this.name].remedy;
  }
}

/** No Redis server answered within the deadline of the first connect. */
export class StoreUnreachable extends StoreError {
  override readonly name = 'StoreUnreachable';
}

/** No connection, or it broke before the answer, or Redis is still loading its data. */
export class StoreUnavailable extends StoreError {
  override readonly name = 'StoreUnavailable';
}

/** Redis answered with an error, e.g. because its memory is full. */
export class StoreRefused extends StoreError {
  override readonly name = 'StoreRefused';
}

/** Answers of a server that will do it later. */
const LATER = /^(LOADING|MASTERDOWN|CLUSTERDOWN|TRYAGAIN|BUSY|READONLY)/;

/** This library's error for what a command was rejected with. */
export function storeError(cause: unknown): StoreUnavailable | StoreRefused {
  const message = cause instanceof Error ? cause.message : String(cause);
  // The driver's own errors are about the connection; the server's begin with a word in capitals.
  const answered = /^[A-Z]{3,} /.test(message) && !LATER.test(message);
  return answered ? new StoreRefused(message, { cause }) : new StoreUnavailable(message, { cause });
}
