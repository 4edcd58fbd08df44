import { caughtUp } from '../stack/caught-up.js';
import type { Stack } from '../stack/stack.js';

/** Friends to each side on a ring: ten a member. */
const EACH_SIDE = 5;

/** Signs up members with ten friends each, waits until the views hold the graph, and returns their tokens. */
export async function signUp(stack: Stack, count: number): Promise<string[]> {
  const members = Array.from({ length: count }, (_, i) => `viewer${i}`);
  await stack.befriend(ring(members));
  const ingest = await stack.app('ingest');
  await caughtUp(ingest);
  await ingest.stop();
  return stack.tokens.of(members);
}

/** Every member is a friend of the five that come next. */
export function ring(members: readonly string[]): [string, string][] {
  return members.flatMap((member, i) =>
    Array.from({ length: Math.min(EACH_SIDE, Math.floor((members.length - 1) / 2)) }, (_, step): [string, string] => [
      member,
      members[(i + step + 1) % members.length]!,
    ]),
  );
}
