import type { Received, ReceivedSnapshot } from '../watch/viewer.js';
import type { Expectation, ExpectedItem } from './expectation.js';

/** What one viewer wrote down, as far as it is judged. */
export interface Testimony {
  /** Absent for a visitor. */
  member?: string | undefined;
  everyone: readonly Received[];
  friends: readonly Received[];
  snapshots: readonly ReceivedSnapshot[];
  complaints: readonly string[];
}

/** Position of a tick by its number; 0 for the beginning. */
export type TickPosition = (n: number) => number | undefined;

/** Everything that is wrong with what a viewer got, a sentence each; empty when it is exactly what it had to get. */
export function judge(testimony: Testimony, expectation: Expectation, tickAt: TickPosition): string[] {
  const faults = [...testimony.complaints];
  const { member } = testimony;
  const position = ({ tab, position: at }: ReceivedSnapshot) => (tab === 'everyone' ? tickAt(at) : at);
  for (const tab of member === undefined ? (['everyone'] as const) : (['everyone', 'friends'] as const)) {
    const snapshots = testimony.snapshots
      .filter((snapshot) => snapshot.tab === tab)
      .map((snapshot) => ({ snapshot, seq: position(snapshot) }));
    const viewer = tab === 'friends' ? member : undefined;
    for (const { snapshot, seq } of snapshots) {
      if (seq === undefined) faults.push(`${tab}: a snapshot of a segment that nobody else got`);
      else faults.push(...compareSnapshot(tab, snapshot, expectation.snapshot(seq, viewer)));
    }
    const expected = viewer === undefined ? expectation.items : expectation.friendsItems(viewer);
    const from = snapshots[0]?.seq;
    if (from === undefined) faults.push(`${tab}: never began with a snapshot`);
    const due = expected.filter(({ seq }) => seq > (from ?? 0));
    const shown = new Set(snapshots.slice(1).flatMap(({ snapshot }) => idsIn(snapshot)));
    faults.push(...compare(due, testimony[tab], shown).map((fault) => `${tab}: ${fault}`));
  }
  return faults;
}

/** Compares what came with what was due. `shown`: ids in later snapshots, which make good what a skip left out. */
function compare(due: readonly ExpectedItem[], got: readonly Received[], shown: ReadonlySet<string>): string[] {
  const faults: string[] = [];
  const wanted = new Map(due.map((item) => [item.id, item]));
  const seen = new Set<string>();
  let last = 0;
  for (const { id, seq, text } of got) {
    const item = wanted.get(id);
    if (seen.has(id)) faults.push(`${id} came twice`);
    else if (!item) faults.push(`${id} at ${seq} was not for this viewer`);
    else if (item.seq !== seq || item.text !== text) faults.push(`${id} came with another position or text`);
    if (seq <= last) faults.push(`${id} at ${seq} came after ${last}`);
    seen.add(id);
    last = seq;
  }
  const lost = due.filter(({ id }) => !seen.has(id) && !shown.has(id));
  if (lost.length > 0) faults.push(`${lost.length} of ${due.length} were lost, the first at ${lost[0]!.seq}`);
  return faults;
}

function compareSnapshot(
  tab: string,
  { stories, position }: ReceivedSnapshot,
  expected: ReturnType<Expectation['snapshot']>,
): string[] {
  const got = stories.map(({ add, comments, commentCount }) => ({
    id: add.id,
    commentCount,
    inline: comments.map(({ id }) => id),
  }));
  const same = JSON.stringify(got) === JSON.stringify(expected);
  return same
    ? []
    : [`${tab}: the snapshot at ${position} shows ${got.length} stories that differ from the ${expected.length} due`];
}

function idsIn({ stories }: ReceivedSnapshot): string[] {
  return stories.flatMap(({ add, comments }) => [add.id, ...comments.map(({ id }) => id)]);
}
