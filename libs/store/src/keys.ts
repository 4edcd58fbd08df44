/**
 * The only home of Redis keys. Everything that one script touches bears one hash tag, `{p00}` … `{p63}`, so that it lies
 * in one slot of a Redis Cluster. Whoever changes `partitionOf`, a key or what a message does to one raises `VIEWS`.
 */

/** Version of the views. Another one has no checkpoints yet, so the projectors make it from the beginning of the logs. */
const VIEWS = 6;

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

/** Positions of the log that share a part of an event's history. */
const HISTORY_PART = 4_096;

/** The part of an event's history that a position belongs to; parts follow one another. */
export function historyPart(seq: number): number {
  return Math.floor(seq / HISTORY_PART);
}

/** Last position of a part. */
export function historyPartEnd(part: number): number {
  return (part + 1) * HISTORY_PART - 1;
}

/** Partition of a part of an event's history. */
export function historyPartition(event: string, part: number): number {
  return partitionOf(`${event}:${part}`);
}

/** How a watcher's delays name whom they are about. */
export function delayField({ provider, subject }: { provider: string; subject: string }): string {
  return `${provider}:${subject}`;
}

function tag(partition: number): string {
  return `{p${String(partition).padStart(2, '0')}}`;
}

export const keys = {
  /** Hash: `created`, `seq`. */
  checkpoint: (log: LogName, partition: number) => `${tag(partition)}:checkpoint:${VIEWS}:${log}`,
  /** Hash: other member → what the member's side says of them, in bits; strangers are left out. */
  sides: (member: string) => `${tag(partitionOf(member))}:sides:${member}`,
  /** Set of those with whom the member has a block, whoever set it: of thousands of sides few are blocks. */
  bars: (member: string) => `${tag(partitionOf(member))}:bars:${member}`,
  /** Hash: member → display name, of all members of the partition. */
  names: (partition: number) => `${tag(partition)}:names`,
  /** Hash: member → JSON of what a profile holds besides the name; members who gave no more are left out. */
  details: (partition: number) => `${tag(partition)}:details`,
  /** String: an item or its tomb as JSON. */
  item: (event: string, id: string) => `${tag(partitionOf(id))}:item:${event}:${id}`,
  /** Sorted set: log position → status as JSON. */
  recents: (event: string, author: string) => `${tag(partitionOf(author))}:recents:${event}:${author}`,
  /**
   * Hash: what is said of an author's recents. Story → its position, comments, likes, the position that these count up to,
   * then `:<position>` of each comment kept; `:<position>` → that comment as JSON.
   */
  talk: (event: string, author: string) => `${tag(partitionOf(author))}:talk:${event}:${author}`,
  /** Sorted set: log position → id of a comment. */
  comments: (event: string, story: string) => `${tag(partitionOf(story))}:thread:${event}:${story}`,
  /** Sorted set: log position → id of a public status, of one part of the log. */
  history: (event: string, part: number) => `${tag(historyPartition(event, part))}:history:${event}:${part}`,
  /** Set of members who like a story. */
  likes: (event: string, story: string) => `${tag(partitionOf(story))}:likes:${event}:${story}`,
  /** Hash: `comments` in all, and `author` and `audience` of the story. */
  tally: (event: string, story: string) => `${tag(partitionOf(story))}:tally:${event}:${story}`,
  /** Sorted set: log position → `<event> <story>` whose counts have changed and not been told since. */
  untold: (partition: number) => `${tag(partition)}:untold`,
  /** Hash: member → the relationship status that they have published, as JSON; members who have none are left out. */
  relationships: (partition: number) => `${tag(partition)}:relationships`,
  /** Hash: member → whom they let watch it; members who have said nothing are left out. */
  consents: (partition: number) => `${tag(partition)}:consents`,
  /** Hash: member → where they are written to, as JSON. */
  addresses: (partition: number) => `${tag(partition)}:addresses`,
  /** Hash: member → when they are written to, as JSON; members who have said nothing are left out. */
  rhythms: (partition: number) => `${tag(partition)}:rhythms`,
  /** Hash: watcher → what a member said to them. */
  consentsTo: (member: string) => `${tag(partitionOf(member))}:consents:${member}`,
  /** Hash whose fields are those who watch a member of this network: a small set takes three times as much. */
  watchers: (member: string) => `${tag(partitionOf(member))}:watchers:${member}`,
  /** Hash: subject → what is known of the pair, of those whom a watcher watches through a provider. */
  pairs: (provider: string, watcher: string) => `${tag(partitionOf(watcher))}:pairs:${provider}:${watcher}`,
  /** Hash: `delayField` → milliseconds; pairs that are told of at once are left out. */
  delays: (watcher: string) => `${tag(partitionOf(watcher))}:delays:${watcher}`,
  /** Hash: provider → who the member is there, as JSON; a token is in a box in it. */
  accounts: (member: string) => `${tag(partitionOf(member))}:accounts:${member}`,
  /** Sorted set: when a watcher is to be looked at next, Unix milliseconds → watcher. */
  due: (provider: string, partition: number) => `${tag(partition)}:due:${provider}`,
  /** Hash: id of a notice → the notice as JSON, of those that a watcher is still to be told. */
  outbox: (watcher: string) => `${tag(partitionOf(watcher))}:outbox:${watcher}`,
  /** Sorted set: when a watcher is to be written to, Unix milliseconds → watcher. */
  letters: (partition: number) => `${tag(partition)}:letters`,
  /** String: fingerprint and answer; expires. */
  answer: (author: string, key: string) => `answer:${author}:${key}`,
} as const;
