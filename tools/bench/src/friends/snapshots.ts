import { EventFeed } from '@groundswell/feed';
import { renderOp, snapshotJson } from '@groundswell/render';
import { StatusMaker } from '../statuses/status-maker.js';
import type { Texts } from '../statuses/texts.js';
import { medianMembers, type FriendGraph } from './graph.js';

export interface SnapshotFigures {
  /** Milliseconds: 99 of 100 snapshots took at most so long, of members with the median number of friends, and of the hub. */
  median: number;
  hub: number;
}

export interface SnapshotSizes {
  /** Statuses in the window, by members at random. */
  held: number;
  snapshots: number;
}

/** Makes snapshots as a node does when nothing is cached, down to the text of the frame. */
export function measureSnapshots(
  texts: Texts,
  graph: FriendGraph,
  { held, snapshots }: SnapshotSizes,
): SnapshotFigures {
  const { members, hub, friendsOf } = graph;
  const feed = new EventFeed({ render: renderOp });
  const maker = new StatusMaker(texts);
  for (let seq = 1; seq <= held; seq++) {
    const id = oneOf(members);
    const message = { ...maker.next(), author: { id, name: id } };
    feed.push({ kind: 'status', audience: 'everyone', seq, message });
  }
  const cursor = { epoch: 1, seq: held };
  const took = (member: string): number => {
    const authors = [member, ...friendsOf(member)];
    const start = performance.now();
    const text = snapshotJson('friends', cursor, { stories: feed.friendsSnapshot(authors) });
    const ms = performance.now() - start;
    if (!text.startsWith('{"t":"snap"')) throw new Error('That is no snapshot.');
    return ms;
  };
  const p99 = (viewers: readonly string[]): number => {
    const all = Array.from({ length: snapshots }, () => took(oneOf(viewers))).sort((a, b) => a - b);
    return all[Math.ceil(all.length * 0.99) - 1]!;
  };
  const median = medianMembers(graph);
  // Once for the compiler.
  p99(median);
  return { median: p99(median), hub: p99([hub]) };
}

export function oneOf<T>(list: readonly T[]): T {
  return list[Math.floor(Math.random() * list.length)]!;
}
