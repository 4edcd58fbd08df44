import { textFault } from '@groundswell/protocol';
import { randomFrom } from '../sources/random.js';
import type { SourceGraph } from '../sources/graph.js';
import type { SourceMessage } from '../sources/messages.js';
import type { Sources } from '../sources/read-sources.js';
import { pseudonymise } from './pseudonyms.js';

/** One message to be posted. */
export interface PlannedPost {
  /** When, milliseconds since the first. */
  at: number;
  /** Member who posts. */
  author: string;
  text: string;
  /** The server must refuse it: empty, too long or with a control character. */
  refused: boolean;
  /** Index of the post whose thread it is in; absent for a status. */
  root?: number;
  /** Index of the comment that it answers, when that is not the root. */
  inReplyTo?: number;
  /** Of a status, when not everybody may see it; a comment has the audience of its story. */
  audience?: 'friends';
}

export interface Plan {
  /** Every member of the graph. */
  members: { id: string; name: string }[];
  edges: [string, string][];
  posts: PlannedPost[];
}

/** Which statuses are for friends only: a share of all, by seed. */
export interface FriendsOnly {
  share: number;
  seed: number;
}

/** Joins authors to members and flattens threads. The run is as long as the shortest of messages, clock and limit. */
export function makePlan(
  { graph, messages, clock }: Sources,
  limit: number,
  friendsOnly: FriendsOnly = { share: 0, seed: 0 },
): Plan {
  const random = randomFrom(friendsOnly.seed);
  const used = messages.slice(0, Math.min(messages.length, clock.length, limit));
  const memberOf = joinAuthors(used, graph);
  const nameOf = (author: string) => memberOf.get(author)!;
  const texts = pseudonymise(used, nameOf);
  const faulty = texts.map((text) => textFault(text) !== undefined);
  const posts = used.map((message, index): PlannedPost => {
    const post = { at: clock[index]!, author: nameOf(message.author), text: texts[index]!, refused: faulty[index]! };
    const parent = parentOf(used, faulty, index);
    const isPrivate = random() < friendsOnly.share;
    if (parent === undefined) return isPrivate ? { ...post, audience: 'friends' } : post;
    const root = rootOf(used, faulty, parent);
    return root === parent ? { ...post, root } : { ...post, root, inReplyTo: parent };
  });
  return {
    members: graph.nodes.map((node) => ({ id: memberId(node), name: `Member ${node}` })),
    edges: graph.edges.map(([a, b]) => [memberId(a), memberId(b)]),
    posts,
  };
}

function memberId(node: string): string {
  return `m${node}`;
}

/** Author k by volume is node k by degree, round and round. Ties go by name and by node id. */
function joinAuthors(messages: readonly SourceMessage[], { nodes, edges }: SourceGraph): Map<string, string> {
  const volume = countBy(messages.map(({ author }) => author));
  const authors = [...volume.keys()].sort((a, b) => volume.get(b)! - volume.get(a)! || (a < b ? -1 : 1));
  const degree = countBy(edges.flat());
  const ranked = nodes.toSorted((a, b) => (degree.get(b) ?? 0) - (degree.get(a) ?? 0) || Number(a) - Number(b));
  return new Map(authors.map((author, k) => [author, memberId(ranked[k % ranked.length]!)]));
}

function countBy(keys: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

/** A link to a message that is refused is dropped with it. */
function parentOf(messages: readonly SourceMessage[], faulty: readonly boolean[], index: number): number | undefined {
  const { parent } = messages[index]!;
  return parent === undefined || faulty[parent] ? undefined : parent;
}

function rootOf(messages: readonly SourceMessage[], faulty: readonly boolean[], index: number): number {
  let root = index;
  for (let parent = parentOf(messages, faulty, root); parent !== undefined; parent = parentOf(messages, faulty, root)) {
    root = parent;
  }
  return root;
}
