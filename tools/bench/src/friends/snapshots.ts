import { EventFeed } from '@groundswell/feed';
import { renderOp, snapshotJson } from '@groundswell/render';
import { StatusMaker } from '../statuses/status-maker.js';
import type { Texts } from '../statuses/texts.js';

export interface SnapshotFigures {
  /** Milliseconds: 99 of 100 snapshots of a member with ten friends, and of one with `hubFriends`, took at most so long. */
  median: number;
  hub: number;
}

export interface SnapshotSizes {
  /** Statuses in the window, by so many members in turn. */
  held: number;
  members: number;
  hubFriends: number;
  snapshots: number;
}

/** Makes snapshots as a node does when nothing is cached, down to the text of the frame. */
export function measureSnapshots(texts: Texts, sizes: SnapshotSizes): SnapshotFigures {
  const { held, members, hubFriends, snapshots } = sizes;
  const feed = new EventFeed({ render: renderOp });
  const maker = new StatusMaker(texts);
  for (let seq = 1; seq <= held; seq++) {
    const id = nameOf(Math.floor(Math.random() * members));
    const message = { ...maker.next(), author: { id, name: id } };
    feed.push({ kind: 'status', audience: 'everyone', seq, message });
  }
  const cursor = { epoch: 1, seq: held };
  const took = (authors: readonly string[]): number => {
    const start = performance.now();
    const text = snapshotJson('friends', cursor, { stories: feed.friendsSnapshot(authors) });
    const ms = performance.now() - start;
    if (!text.startsWith('{"t":"snap"')) throw new Error('That is no snapshot.');
    return ms;
  };
  const some = (count: number): string[] => {
    const first = Math.floor(Math.random() * members);
    return Array.from({ length: count }, (_, i) => nameOf((first + i) % members));
  };
  const p99 = (count: number): number => {
    const all = Array.from({ length: snapshots }, () => took(some(count))).sort((a, b) => a - b);
    return all[Math.ceil(all.length * 0.99) - 1]!;
  };
  // Once for the compiler.
  p99(11);
  return { median: p99(11), hub: p99(hubFriends) };
}

const nameOf = (i: number): string => `viewer${i}`;
