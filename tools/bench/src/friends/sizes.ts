import type { Scale } from '../options.js';

export interface FriendsSizes {
  /** Sockets, one for each member and, where there are fewer members, a second one for some. */
  sockets: number;
  /** Friends of the hub where the graph is made up; a real one has its own. */
  hubFriends: number;
  /** Seconds of posting by members, statuses a second, and statuses of the hub, one a second. */
  seconds: number;
  rate: number;
  hubPosts: number;
  /** Statuses that the window of the snapshots holds, and snapshots made of it. */
  held: number;
  snapshots: number;
  /** Seconds of each kind of request, and connections. */
  requestSeconds: number;
  connections: number;
}

export const FRIENDS_SIZES: Readonly<Record<Scale, FriendsSizes>> = {
  full: {
    sockets: 10_000,
    hubFriends: 4_259,
    seconds: 20,
    rate: 20,
    hubPosts: 20,
    held: 85_000,
    snapshots: 2_000,
    requestSeconds: 8,
    connections: 32,
  },
  quick: {
    sockets: 3_000,
    hubFriends: 1_200,
    seconds: 5,
    rate: 20,
    hubPosts: 4,
    held: 20_000,
    snapshots: 500,
    requestSeconds: 2.5,
    connections: 32,
  },
  miniature: {
    sockets: 40,
    hubFriends: 20,
    seconds: 0.5,
    rate: 20,
    hubPosts: 1,
    held: 500,
    snapshots: 20,
    requestSeconds: 0.3,
    connections: 2,
  },
};
