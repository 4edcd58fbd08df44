import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ring } from '../everyone/audience.js';

/** Members, all of them viewers, and who is whose friend. */
export interface FriendGraph {
  /** Where it comes from, for the report. */
  source: string;
  members: readonly string[];
  /** Friendships, each once. */
  edges: readonly [string, string][];
  /** The member with the most friends. */
  hub: string;
  friendsOf: (member: string) => readonly string[];
}

export interface GraphSizes {
  /** At most so many members. */
  members: number;
  /** Friends of the hub, where the graph is made up. */
  hubFriends: number;
}

/** A streaming platform's mutual friendships: 9,498 members, and one with 4,259 friends. */
const REAL = 'graphs/rozemberczki/twitch_DE_edges.csv';

/**
 * The graph of the folder that `GROUNDSWELL_DATA` names, or its best connected members when fewer are asked for; without a
 * folder a ring on which everybody has ten friends, and a hub.
 */
export function openGraph(folder: string | undefined, { members, hubFriends }: GraphSizes): FriendGraph {
  if (folder !== undefined) return graphOf(REAL, bestConnected(readEdges(join(folder, REAL)), members));
  const others = Array.from({ length: members - 1 }, (_, i) => `viewer${i}`);
  const ofHub = others.slice(0, hubFriends).map((member): [string, string] => ['hub', member]);
  return graphOf('synthetic', [...ring(others), ...ofHub]);
}

/** Members with as many friends as the one in the middle, when they stand in a row by that number. */
export function medianMembers({ members, friendsOf }: FriendGraph): string[] {
  const sizes = members.map((member) => friendsOf(member).length).sort((a, b) => a - b);
  const median = sizes[Math.floor(sizes.length / 2)];
  return members.filter((member) => friendsOf(member).length === median);
}

function graphOf(source: string, edges: readonly [string, string][]): FriendGraph {
  const friends = adjacency(edges);
  const members = [...friends.keys()];
  const friendsOf = (member: string): readonly string[] => friends.get(member) ?? [];
  const hub = members.reduce((most, member) => (friendsOf(member).length > friendsOf(most).length ? member : most));
  return { source, members, edges, hub, friendsOf };
}

function adjacency(edges: readonly [string, string][]): Map<string, string[]> {
  const friends = new Map<string, string[]>();
  const add = (member: string, friend: string): void => {
    const list = friends.get(member);
    if (list) list.push(friend);
    else friends.set(member, [friend]);
  };
  for (const [a, b] of edges) {
    add(a, b);
    add(b, a);
  }
  return friends;
}

function readEdges(file: string): [string, string][] {
  const [, ...lines] = readFileSync(file, 'utf8').trimEnd().split('\n');
  const edges = lines.map((line): [string, string] => {
    const match = /^(\d+),(\d+)\r?$/.exec(line);
    if (!match) throw new RangeError(`${file} holds a line that is no pair of ids: "${line.slice(0, 40)}"`);
    return [`m${match[1]!}`, `m${match[2]!}`];
  });
  return edges.filter(([a, b]) => a !== b);
}

function bestConnected(edges: readonly [string, string][], most: number): [string, string][] {
  const friends = adjacency(edges);
  const ranked = [...friends].sort(([, a], [, b]) => b.length - a.length);
  const chosen = new Set(ranked.slice(0, most).map(([member]) => member));
  return edges.filter(([a, b]) => chosen.has(a) && chosen.has(b));
}
