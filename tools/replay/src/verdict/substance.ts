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

/** Of so many items that could be absent, one at least must be: what takes away acts before the tick that names it. */
const MAY_MIN = 50;

type Changed = Pick<FriendsTally, 'changed' | 'maySeen' | 'mayAbsent'>;

/** A verdict on changes that hardly anybody could notice says little, and one in which none acted at once is wrong. */
export function changeSubstance(viewers: readonly Changed[]): string[] {
  const faults: string[] = [];
  const share = viewers.filter(({ changed }) => changed > 0).length / Math.max(1, viewers.length);
  const [seen, absent] = viewers.reduce(
    ([a, b], { maySeen, mayAbsent }) => [a + maySeen, b + mayAbsent] as [number, number],
    [0, 0] as [number, number],
  );
  if (share < CHANGED_MIN)
    faults.push(
      `a change decided on an item for ${(share * 100).toFixed(1)} % of the viewers, fewer than ${CHANGED_MIN * 100} %`,
    );
  if (seen + absent >= MAY_MIN && absent === 0)
    faults.push(`none of ${seen} items was absent that were taken away before their tick: nothing acted at once`);
  return faults;
}
