import { DEFAULT_CONSENT, isShown, STRANGERS, type Answer, type Consent, type Visibility } from '@groundswell/social';
import { together, toCheckpoint, type Checkpoint, type StoredCheckpoint } from '../checkpoint.js';
import { keys, partitionOf } from '../keys.js';
import { script } from '../script.js';
import { inner, type Store } from '../store.js';

/** A relationship status as a member has published it. */
export interface StoredRelationship {
  /** One of the statuses of relations. */
  value: string;
  /** When it was published, Unix milliseconds. */
  since: number;
  visibility: Visibility;
  /** Nobody is to be told of it. */
  quiet?: boolean;
  /** How long it is to stand before anybody is told, milliseconds; absent: as usual. */
  settleMs?: number;
}

/** Somebody who wants to see a member's status. */
export interface Watching {
  watcher: string;
  subject: string;
}

export interface Shown {
  /** Of all partitions that were asked, together. */
  checkpoint: Checkpoint | undefined;
  /**
   * In the order asked: the status; `hidden` when it is not shown to that watcher; undefined when the member shows
   * everything and has published nothing.
   */
  seen: (StoredRelationship | 'hidden' | undefined)[];
}

/**
 * KEYS: checkpoint, relationships, consents, then answers and sides of each subject. ARGV: subject, number of its watchers and
 * the watchers, for each subject. Gives a flat list: the checkpoint, then status and consent of each subject, and answer and
 * side of each of its watchers.
 */
const READ = script(`
local call, KEYS, ARGV = redis.call, KEYS, ARGV
local found = call('HMGET', KEYS[1], 'created', 'seq')
local subjects, firsts, at = {}, {}, 1
while at <= #ARGV do
  subjects[#subjects + 1] = ARGV[at]
  firsts[#firsts + 1] = at + 2
  at = at + 2 + tonumber(ARGV[at + 1])
end
firsts[#firsts + 1] = at + 2
local statuses = call('HMGET', KEYS[2], unpack(subjects))
local consents = call('HMGET', KEYS[3], unpack(subjects))
local last = 2
for n = 1, #subjects do
  found[last + 1], found[last + 2] = statuses[n], consents[n]
  last = last + 2
  local answersTo, sides, from, to = KEYS[2 + 2 * n], KEYS[3 + 2 * n], firsts[n], firsts[n + 1] - 3
  if from == to then
    found[last + 1], found[last + 2] = call('HGET', answersTo, ARGV[from]), call('HGET', sides, ARGV[from])
    last = last + 2
  else
    local given, stands = call('HMGET', answersTo, unpack(ARGV, from, to)), call('HMGET', sides, unpack(ARGV, from, to))
    for i = 1, #given do
      found[last + 1], found[last + 2] = given[i], stands[i]
      last = last + 2
    end
  end
end
return found
`);

/** What subjects show to those who watch them: statuses, consent and friendship as of one moment of each partition. One flight. */
export async function readRelationships(store: Store, asked: readonly Watching[]): Promise<Shown> {
  const seen: Shown['seen'] = Array.from({ length: asked.length });
  const checkpoints = await Promise.all(
    [...byPartition(asked)].map(async ([partition, subjects]) => {
      const touched = [keys.checkpoint('SOCIAL', partition), keys.relationships(partition), keys.consents(partition)];
      const args: string[] = [];
      for (const [subject, places] of subjects) {
        touched.push(keys.consentsTo(subject), keys.sides(subject));
        args.push(subject, String(places.length), ...places.map((place) => asked[place]!.watcher));
      }
      const found = (await inner(store).run(READ, touched, args)) as (string | null)[];
      let at = 2;
      for (const places of subjects.values()) {
        const status = found[at++]!;
        const relationship = status === null ? undefined : (JSON.parse(status) as StoredRelationship);
        const consent = (found[at++] as Consent | null) ?? DEFAULT_CONSENT;
        for (const place of places) {
          seen[place] = shownOf({ relationship, consent, answer: found[at++]!, side: found[at++]! });
        }
      }
      return toCheckpoint(found.slice(0, 2) as StoredCheckpoint);
    }),
  );
  return { checkpoint: together(checkpoints), seen };
}

/** Partition → subject → places in the list. */
function byPartition(asked: readonly Watching[]): Map<number, Map<string, number[]>> {
  const partitions = new Map<number, Map<string, number[]>>();
  asked.forEach(({ subject }, place) => {
    const partition = partitionOf(subject);
    const subjects = partitions.get(partition) ?? new Map<string, number[]>();
    partitions.set(partition, subjects);
    const places = subjects.get(subject);
    if (places) places.push(place);
    else subjects.set(subject, [place]);
  });
  return partitions;
}

interface Facts {
  relationship: StoredRelationship | undefined;
  consent: Consent;
  answer: string | null;
  side: string | null;
}

function shownOf({ relationship, consent, answer, side }: Facts): StoredRelationship | 'hidden' | undefined {
  const may = isShown({
    side: side === null ? STRANGERS : Number(side),
    consent,
    answer: (answer as Answer | null) ?? undefined,
    visibility: relationship?.visibility ?? 'friends',
  });
  return may ? relationship : 'hidden';
}

/** Who watches members of this network, in the order asked; in one flight. */
export async function readWatchers(store: Store, members: readonly string[]): Promise<string[][]> {
  const replies = await Promise.all(members.map((member) => inner(store).send(['HKEYS', keys.watchers(member)])));
  return replies as string[][];
}
