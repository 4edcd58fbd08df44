import { randomFrom, shuffled } from '../sources/random.js';
import { SocialHistory } from '../verdict/social-history.js';
import { Expectation } from '../verdict/expectation.js';
import type { Plan } from './plan.js';

/** Of the viewers, this share is chosen among those for whom much is posted; the rest at random among all members. */
const BUSY_SHARE = 0.95;
/** Friends items that make a viewer one for whom much is posted. */
const BUSY_ITEMS = 25;

/**
 * Members who watch the run, by seed: first the one with the most friends. Somebody for whom nothing is posted proves
 * nothing, so most are busy ones.
 */
export function chooseViewers(plan: Plan, count: number, seed: number): string[] {
  const random = randomFrom(seed);
  const history = new SocialHistory(plan.edges);
  const posted = plan.posts.flatMap((_, index) =>
    isPostable(plan, index, history) ? [{ index, id: String(index), seq: index + 1 }] : [],
  );
  const expectation = new Expectation(plan, posted);
  const everybody = shuffled(
    plan.members.map(({ id }) => id),
    random,
  );
  const busy = everybody
    .filter((id) => expectation.friendsItems(id).length >= BUSY_ITEMS)
    .slice(0, Math.round(count * BUSY_SHARE));
  const chosen = new Set([hubOf(plan), ...busy].slice(0, count));
  for (const id of everybody) {
    if (chosen.size >= count) break;
    chosen.add(id);
  }
  return [...chosen];
}

/** The member with the most friends. */
export function hubOf({ members, edges }: Pick<Plan, 'members' | 'edges'>): string {
  const degrees = new Map(members.map(({ id }) => [id, 0]));
  for (const member of edges.flat()) degrees.set(member, (degrees.get(member) ?? 0) + 1);
  return [...degrees].reduce((most, entry) => (entry[1] > most[1] ? entry : most))[0];
}

/** Whether a post can be expected to be accepted: what is for friends only is answered by friends. */
function isPostable({ posts }: Plan, index: number, history: SocialHistory): boolean {
  const { refused, root, author } = posts[index]!;
  if (refused || root === undefined) return !refused;
  const story = posts[root]!;
  return story.audience === undefined || history.stance(story.author, author, { inForce: 0 }).follows;
}
