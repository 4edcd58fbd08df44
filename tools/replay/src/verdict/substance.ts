import type { Expectation } from './expectation.js';

/** How much there was that could have gone wrong. */
export interface Substance {
  /** Friends items that the viewer in the middle had to get. */
  medianFriends: number;
  /** Share of the viewers who had to get none. */
  shareWithout: number;
  faults: string[];
}

const MEDIAN_MIN = 20;
const WITHOUT_MAX = 0.1;

/** A verdict on viewers who had little to get says little: it fails. */
export function substance(viewers: readonly string[], expectation: Expectation): Substance {
  const counts = viewers.map((viewer) => expectation.friendsItems(viewer).length).sort((a, b) => a - b);
  const medianFriends = counts[Math.floor(counts.length / 2)] ?? 0;
  const shareWithout = counts.filter((count) => count === 0).length / Math.max(1, counts.length);
  const faults: string[] = [];
  if (medianFriends < MEDIAN_MIN)
    faults.push(`the median viewer expected ${medianFriends} Friends items, fewer than ${MEDIAN_MIN}`);
  if (shareWithout > WITHOUT_MAX)
    faults.push(`${Math.round(shareWithout * 100)} % of the viewers expected no Friends item`);
  return { medianFriends, shareWithout, faults };
}
