/**
 * The only home of Redis keys. Everything that one script touches bears one hash tag, `{p00}` … `{p63}`, so that it lies
 * in one slot of a Redis Cluster. Changing `partitionOf` or a key means rebuilding the views from the log.
 */

/** Parts of every view; each has checkpoints of its own. */
export const PARTITIONS = 64;

/** The log that a view is made from. */
export type LogName = 'SOCIAL' | 'EVENTS';

/** Partition of a member or an item: FNV-1a (32 bits) of the id, both halves folded together, modulo 64. */
export function partitionOf(id: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < id.length; i++) hash = Math.imul(hash ^ id.charCodeAt(i), 0x01000193);
  return ((hash >>> 16) ^ hash) & (PARTITIONS - 1);
}

function tag(partition: number): string {
  return `{p${String(partition).padStart(2, '0')}}`;
}

export const keys = {
  /** Hash: `created`, `seq`. */
  checkpoint: (log: LogName, partition: number) => `${tag(partition)}:checkpoint:${log}`,
  /** Set of member ids. */
  friends: (member: string) => `${tag(partitionOf(member))}:friends:${member}`,
  /** Hash: other member → side that is no friendship, 1 asked or 2 waiting. */
  pending: (member: string) => `${tag(partitionOf(member))}:pending:${member}`,
  /** Hash: member → display name, of all members of the partition. */
  names: (partition: number) => `${tag(partition)}:names`,
  /** String: an item or its tomb as JSON. */
  item: (event: string, id: string) => `${tag(partitionOf(id))}:item:${event}:${id}`,
  /** Sorted set: log position → status as JSON. */
  recents: (event: string, author: string) => `${tag(partitionOf(author))}:recents:${event}:${author}`,
  /** Sorted set: log position → id of a comment. */
  comments: (event: string, story: string) => `${tag(partitionOf(story))}:comments:${event}:${story}`,
  /** Set of members who like a story. */
  likes: (event: string, story: string) => `${tag(partitionOf(story))}:likes:${event}:${story}`,
  /** Hash: `comments` in all, and `author` and `audience` of the story. */
  tally: (event: string, story: string) => `${tag(partitionOf(story))}:tally:${event}:${story}`,
  /** Sorted set: log position → `<event> <story>` whose counts have changed and not been told since. */
  untold: (partition: number) => `${tag(partition)}:untold`,
  /** String: fingerprint and answer; expires. */
  answer: (author: string, key: string) => `answer:${author}:${key}`,
} as const;
