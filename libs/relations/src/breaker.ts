/**
 * A change of very many pairs at once is more likely a fault of a provider, or of what reads it, than news: such a run is
 * put in quarantine, and what it saw has to be seen twice again.
 */
export interface Threshold {
  /** Up to this share of the pairs seen, a run is believed. */
  share: number;
  /** Fewer pairs prove nothing. */
  atLeast: number;
}

export interface Thresholds {
  /** Pairs of one watcher. */
  watcher: Threshold;
  /** Pairs of one provider. */
  provider: Threshold;
}

export const THRESHOLDS: Readonly<Thresholds> = {
  watcher: { share: 0.2, atLeast: 15 },
  provider: { share: 0.01, atLeast: 500 },
};

/** What a run has seen: pairs with a value, and those of them whose value was another one than what stood. */
export interface Tally {
  pairs: number;
  differing: number;
}

export function trips({ pairs, differing }: Tally, { share, atLeast }: Threshold): boolean {
  return pairs >= atLeast && differing > share * pairs;
}
