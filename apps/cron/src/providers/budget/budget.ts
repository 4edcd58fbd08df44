/** Whose requests are counted together: those of a provider, or of one account there. */
export interface Scope {
  provider: string;
  account?: string;
}

/** What a provider says of its budget. Times are unix milliseconds. */
export type Usage =
  | { kind: 'window'; limit: number; remaining: number; resetAt: number }
  /** Nothing is to be asked before. */
  | { kind: 'pause'; until: number };

/** So many requests in a time. */
export interface Allowance {
  requests: number;
  windowMs: number;
}

/** Of a provider that nobody has named an allowance for. */
export const OTHERWISE: Allowance = { requests: 60, windowMs: 60_000 };

/** What may still be asked. Shared by all who ask the same provider. */
export interface Budget {
  /** Takes one request; 0: it may be sent. Else nothing was taken, and it may be tried again in so many milliseconds. */
  take(scope: Scope): Promise<number>;
  /** How long until a request could be taken, milliseconds. Takes none. */
  wait(scope: Scope): Promise<number>;
  /** What an answer said. Answers overtake each other: the more cautious one counts. */
  learn(scope: Scope, usage: Usage): Promise<void>;
}
