import { randomFrom, shuffled } from '../sources/random.js';
import { Expectation } from '../verdict/expectation.js';
import type { Plan } from './plan.js';

/** Of the viewers, this share is chosen among those for whom much is posted; the rest at random among all members. */
const BUSY_SHARE = 0.9;
/** Friends items that make a viewer one for whom much is posted. */
const BUSY_ITEMS = 25;

/** Members who watch the run, by seed. Somebody for whom nothing is posted proves nothing, so most are busy ones. */
export function chooseViewers(plan: Plan, count: number, seed: number): string[] {
  const random = randomFrom(seed);
  const posted = plan.posts.flatMap(({ refused }, index) =>
    refused ? [] : [{ index, id: String(index), seq: index + 1 }],
  );
  const expectation = new Expectation(plan, posted);
  const everybody = shuffled(
    plan.members.map(({ id }) => id),
    random,
  );
  // Enough candidates to choose from; counting for 50,000 members would take longer than the run.
  const looked = everybody.slice(0, Math.max(4000, count * 4));
  const busy = looked
    .filter((id) => expectation.friendsItems(id).length >= BUSY_ITEMS)
    .slice(0, Math.round(count * BUSY_SHARE));
  const chosen = new Set(busy);
  for (const id of everybody) {
    if (chosen.size >= count) break;
    chosen.add(id);
  }
  return [...chosen];
}
