import type { Received, ReceivedSnapshot, Resume } from '../watch/viewer.js';
import {
  countsId,
  type Circumstances,
  type Expectation,
  type ExpectedItem,
  type ExpectedStory,
} from './expectation.js';

/** What one viewer wrote down, as far as it is judged. */
export interface Testimony {
  /** Absent for a visitor. */
  member?: string | undefined;
  everyone: readonly Received[];
  friends: readonly Received[];
  /** Positions of counts in Friends. */
  counts: readonly number[];
  snapshots: readonly ReceivedSnapshot[];
  complaints: readonly string[];
  /** Ends of segments as they came: position of the tick, and when it came (Unix milliseconds). */
  arrivals: readonly { seq: number; at: number }[];
  resumes: readonly Resume[];
  /** Whom to hide, as last told; undefined: never told. */
  hidden: readonly string[] | undefined;
}

/** Position of a tick by its number; 0 for the beginning. */
export type TickPosition = (n: number) => number | undefined;

/** What a viewer's Friends items, counts among them, came to. */
export interface FriendsTally {
  /** Items that had to come. */
  must: number;
  /** Items that could come, and did or did not. */
  maySeen: number;
  mayAbsent: number;
  /** Items that came and were not for this viewer. */
  leaked: number;
  /** Items that had to come and did not. */
  lost: number;
  /** Items about which the graph at the beginning says something else. */
  changed: number;
}

export interface Judgement extends FriendsTally {
  /** Everything that is wrong, a sentence each; empty when the viewer got exactly what was due. */
  faults: string[];
}

export const NO_FRIENDS: FriendsTally = { must: 0, maySeen: 0, mayAbsent: 0, leaked: 0, lost: 0, changed: 0 };

/** Compares what a viewer got with what was due. */
export function judge(testimony: Testimony, expectation: Expectation, tickAt: TickPosition): Judgement {
  const faults = [...testimony.complaints, ...everyoneFaults(testimony, expectation, tickAt)];
  const { member } = testimony;
  if (member === undefined) return { ...NO_FRIENDS, faults };
  const { faults: wrong, ...tally } = judgeFriends(member, testimony, expectation);
  return { ...tally, faults: [...faults, ...wrong, ...hideFaults(member, testimony, expectation)] };
}

function everyoneFaults(testimony: Testimony, expectation: Expectation, tickAt: TickPosition): string[] {
  const faults: string[] = [];
  const snapshots = testimony.snapshots.filter(({ tab }) => tab === 'everyone');
  for (const snapshot of snapshots) {
    const seq = tickAt(snapshot.position);
    if (seq === undefined) faults.push('everyone: a snapshot of a segment that nobody else got');
    else faults.push(...compareSnapshot(snapshot, [expectation.everyoneSnapshot(seq)]));
  }
  if (snapshots.length === 0) faults.push('everyone: never began with a snapshot');
  const from = (snapshots[0] && tickAt(snapshots[0].position)) ?? 0;
  const due = expectation.everyone.filter(({ seq }) => seq > from);
  const compared = compare({ must: due, may: [], got: testimony.everyone, shown: shownIn(snapshots.slice(1)) });
  return [...faults, ...compared.faults.map((fault) => `everyone: ${fault}`)];
}

function judgeFriends(member: string, testimony: Testimony, expectation: Expectation): Judgement {
  const snapshots = testimony.snapshots.filter(({ tab }) => tab === 'friends');
  const faults = snapshots.flatMap((snapshot) =>
    compareSnapshot(snapshot, expectation.friendsSnapshots(member, snapshot.position, snapshot.at)),
  );
  if (snapshots.length === 0) faults.push('friends: never began with a snapshot');
  const items = judgeDues(member, testimony, { expectation, of: 'items' });
  const counts = judgeDues(member, testimony, { expectation, of: 'counts' });
  return {
    must: items.must + counts.must,
    maySeen: items.maySeen + counts.maySeen,
    mayAbsent: items.mayAbsent + counts.mayAbsent,
    leaked: items.leaked + counts.leaked,
    lost: items.lost + counts.lost,
    changed: items.changed,
    faults: [...faults, ...[...items.faults, ...counts.faults].map((fault) => `friends: ${fault}`)],
  };
}

interface Dues {
  expectation: Expectation;
  of: 'items' | 'counts';
}

function judgeDues(member: string, testimony: Testimony, { expectation, of }: Dues): Judgement {
  const [first, ...later] = testimony.snapshots.filter(({ tab }) => tab === 'friends');
  const dues = expectation
    .dues(member, circumstances(testimony), of)
    .filter(({ item }) => item.seq > (first?.position ?? 0));
  const must = dues.filter(({ due }) => due === 'must').map(({ item }) => item);
  const may = dues.filter(({ due }) => due === 'may').map(({ item }) => item);
  const told = testimony.counts.filter((seq) => seq <= expectation.countsUpTo);
  const compared =
    of === 'items'
      ? compare({ must, may, got: testimony.friends, shown: shownIn(later) })
      : compare({
          must,
          may,
          got: told.map((seq) => ({ id: countsId(seq), seq, text: '' })),
          // A snapshot holds the newest counts of what it shows.
          shown: new Set(must.filter(({ seq }) => later.some(({ position }) => position >= seq)).map(({ id }) => id)),
        });
  return {
    must: must.length,
    maySeen: compared.maySeen,
    mayAbsent: may.length - compared.maySeen,
    leaked: compared.leaked,
    lost: compared.lost,
    changed: dues.filter(({ changed }) => changed).length,
    faults: compared.faults,
  };
}

/**
 * A node has handled an item when it sends the segment that a later tick ends. After a return that may be another node,
 * which can be behind what the viewer had seen: then a segment counts that came after the return.
 */
function circumstances({ arrivals, resumes }: Testimony): Circumstances {
  const ordered = arrivals.toSorted((a, b) => a.seq - b.seq);
  return {
    resumes,
    handledBy: (seq) => {
      let [low, high] = [0, ordered.length];
      while (low < high) {
        const middle = (low + high) >>> 1;
        if (ordered[middle]!.seq <= seq) low = middle + 1;
        else high = middle;
      }
      const since = resumes.reduce((last, { after, at }) => (after < seq ? Math.max(last, at) : last), 0);
      while (low < ordered.length && ordered[low]!.at < since) low++;
      return ordered[low]?.at ?? Infinity;
    },
  };
}

/** W9: whom the viewer's own device hides in Everyone. */
function hideFaults(member: string, { hidden }: Testimony, { history }: Expectation): string[] {
  if (hidden === undefined) return ['hide: never told whom'];
  const due = history.shunnedInTheEnd(member);
  const same = hidden.join() === due.join();
  return same ? [] : [`hide: told ${hidden.length} in the end ([${hidden.join()}]), due are [${due.join()}]`];
}

interface Compared {
  /** Must come, and may; positions ascending. */
  must: readonly ExpectedItem[];
  may: readonly ExpectedItem[];
  got: readonly Received[];
  /** Ids in later snapshots, which make good what a skip left out. */
  shown: ReadonlySet<string>;
}

function compare({ must, may, got, shown }: Compared) {
  const faults: string[] = [];
  const wanted = new Map([...must, ...may].map((item) => [item.id, item]));
  const seen = new Set<string>();
  let last = 0;
  let leaked = 0;
  for (const { id, seq, text } of got) {
    const item = wanted.get(id);
    if (seen.has(id)) faults.push(`${id} came twice`);
    else if (!item) {
      leaked++;
      faults.push(`${id} at ${seq} was not for this viewer`);
    } else if (item.seq !== seq || item.text !== text) faults.push(`${id} came with another position or text`);
    if (seq <= last) faults.push(`${id} at ${seq} came after ${last}`);
    seen.add(id);
    last = seq;
  }
  const lost = must.filter(({ id }) => !seen.has(id) && !shown.has(id));
  if (lost.length > 0)
    faults.push(`${lost.length} of ${must.length} were lost, the first at ${lost[0]!.seq} by ${lost[0]!.author}`);
  return { faults, leaked, lost: lost.length, maySeen: may.filter(({ id }) => seen.has(id)).length };
}

/** A snapshot must have one of the forms that it may have. */
function compareSnapshot({ tab, stories, position }: ReceivedSnapshot, forms: readonly ExpectedStory[][]): string[] {
  const got = JSON.stringify(
    stories.map(({ add, comments, commentCount }) => ({
      id: add.id,
      commentCount,
      inline: comments.map(({ id }) => id),
    })),
  );
  if (forms.some((form) => JSON.stringify(form) === got)) return [];
  return [
    `${tab}: the snapshot at ${position} shows ${stories.length} stories that differ from the ${forms[0]?.length} due`,
  ];
}

function shownIn(snapshots: readonly ReceivedSnapshot[]): Set<string> {
  const stories = snapshots.flatMap((snapshot) => snapshot.stories);
  return new Set(stories.flatMap(({ add, comments }) => [add.id, ...comments.map(({ id }) => id)]));
}
