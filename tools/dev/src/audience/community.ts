import type { Author, ImportLine } from '@groundswell/protocol';
import { inventMembers } from './names.js';
import { random } from './random.js';
import { smallWorld } from './small-world.js';

/** The members that a person can sign in as. They post only what that person posts. */
export const DEMO_MEMBERS: readonly Author[] = [
  { id: 'ada', name: 'Ada Adler' },
  { id: 'ben', name: 'Ben Barros' },
  { id: 'cleo', name: 'Cleo Conrad' },
];

export interface Community {
  /** Who posts by themselves. */
  audience: readonly Author[];
  /** Friendships by id, each once. */
  friendships: readonly (readonly [string, string])[];
}

const MEMBERS = 300;
const WORLD = { nodes: MEMBERS, degree: 10, rewired: 0.15 };
/** Share of the audience that each demo member is friends with. */
const KNOWN = 0.2;

/** A few hundred members in a small world, and the demo members, who know each other and many of them. */
export function inventCommunity(seed: number): Community {
  const numbers = random(seed);
  const audience = inventMembers(MEMBERS, numbers);
  const world = smallWorld(WORLD, numbers).map(([a, b]) => [audience[a]!.id, audience[b]!.id] as const);
  const demo = DEMO_MEMBERS.flatMap(({ id }, index) => [
    ...DEMO_MEMBERS.slice(index + 1).map((other) => [id, other.id] as const),
    ...audience.filter(() => numbers.chance(KNOWN)).map((member) => [id, member.id] as const),
  ]);
  return { audience, friendships: [...world, ...demo] };
}

/** The lines that import a community: profiles, then friendships. */
export function* importLines({ audience, friendships }: Community): Generator<ImportLine> {
  for (const { id, name } of [...DEMO_MEMBERS, ...audience]) yield { t: 'profile', id, name };
  for (const [a, b] of friendships) yield { t: 'edge', a, b };
}
