import type { Expectation } from './expectation.js';
import type { FriendsTally } from './judge.js';

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
/** Of the viewers, so many must have had an item about which the graph at the beginning says something else. */
const CHANGED_MIN = 0.1;

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

/** A verdict on changes that hardly anybody could notice says little: it fails. */
export function changeSubstance(viewers: readonly Pick<FriendsTally, 'changed'>[]): string[] {
  const share = viewers.filter(({ changed }) => changed > 0).length / Math.max(1, viewers.length);
  if (share >= CHANGED_MIN) return [];
  return [
    `a change decided on an item for ${(share * 100).toFixed(1)} % of the viewers, fewer than ${CHANGED_MIN * 100} %`,
  ];
}
